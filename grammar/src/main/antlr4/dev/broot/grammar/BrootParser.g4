/*
 * The statements of the broot language: one rule a statement, one line a statement, verb first.
 *
 * This file is the reference that people read. What a statement means and which bubblewrap argument it becomes is in
 * docs/language.md; what a well-formed statement may not say (a relative target, an unknown capability) is checked
 * after parsing, in the interpreter.
 */
parser grammar BrootParser;

options { tokenVocab = BrootLexer; }

/** A whole file: a spec, which can be run, or a fragment, which can only be included. */
file
  : NEWLINE* header (NEWLINE | EOF) (NEWLINE | line)* EOF
  ;

header
  : BROOT edition=INT       # specHeader
  | FRAGMENT edition=INT    # fragmentHeader
  ;

/** One line given on the command line by `--line`. */
oneLine
  : line EOF
  ;

line
  : (statement | noStatement) (NEWLINE | EOF)
  ;

/** What starts like no statement; never valid, and here so that the lines behind it are read. */
noStatement
  : ~(NEWLINE | FLAG_SETTING | TEXT_SETTING | API | APIS | BASE | BIND | BIND_DATA | CAP | CHMOD | DESCRIPTOR | DEV
      | DEVICE | DEVICES | DIR | DROP | ENTRY | ENV | EXPECT
      | FILE | HIDE | INCLUDE | LIBDIR_BIND | LIMIT | LOCK_FILE | MAP | MODULE | MOUNTS_HERE | MQUEUE | NET | NODE | OVERLAY | PARAM | PROC | PROTECT | RAW | REMOUNT_RO | REQUIRE | ROOT | RUNDIR | SCRATCH
      | SCRATCH_DIR | SECCOMP | SHARE | STDIN | SYMLINK | SYSCALLS | TEMP | TEXT | TMPFS | UNSAFE | UNSHARE | VARDIR)
    ~NEWLINE*
  ;

statement
  : UNSAFE? body because?
  ;

because
  : BECAUSE STRING
  ;

body
  // Where the spec comes from.
  : BASE value                                             # baseStatement
  | INCLUDE path=value (EXCEPT place+)?                    # includeStatement
  | PARAM LABEL type=word (EQUALS value)?                  # paramStatement
  | PARAM LABEL type=word FROM ENV name=word               # paramFromEnvStatement
  | REQUIRE name=settingName                               # requireStatement
  // Settings: each is given once; a spec may replace what its base set.
  | name=pathSettingName value CREATE?                     # directorySetting
  | name=textSettingName value                             # textSetting
  | ROOT IMAGE format=word path=value (DIGEST digest=word)?    # rootImage
  | STDIN from=(NULL | INHERIT)                            # stdinSetting
  | TEMP PREFIX prefix=value                               # tempStatement
  | name=flagSettingName                                   # flagSetting
  | LOCK_FILE path=value                                   # lockFileStatement
  | SECCOMP path=value                                     # seccompStatement
  | DESCRIPTOR name=word passed=word?                      # descriptorStatement
  | LIMIT name=word amount=word BEST_EFFORT?               # limitStatement
  | MAP what=word from=word (ARROW to=word)?               # mapStatement
  // Authority.
  | SYSCALLS action=(DENY | KILL | LOG) callName+          # syscallsStatement
  | SYSCALLS DEFAULT                                       # syscallsDefault
  | CAP (ADD | DROP) name=word                             # capStatement
  | UNSHARE name=word                                      # unshareStatement
  | SHARE name=word                                        # shareStatement
  | NET ALLOW target=value PRIVATE?                        # netAllow
  | NET NONE                                               # netNone
  | NET USER                                               # netUser
  | ENV name=word EQUALS value                             # envSet
  | ENV PASS name=word (ELSE value)?                       # envPass
  | ENV UNSET name=word                                    # envUnset
  | ENV INHERIT                                            # envInherit
  | RAW list                                               # rawStatement
  // Mounts, in the order in which bubblewrap makes them.
  | BIND access=(RO | RW | DEV) from=value ARROW to=value condition? (OVER | DEFAULT)?    # bindMount
  | BIND DEV pattern=value OPTIONAL?                       # bindMatching
  | SYMLINK from=value ARROW to=value (IF asked=SYMLINK)? DEFAULT?    # symlinkMount
  | TMPFS to=value (SIZE size=word)? (MODE permissions=OCTAL)? OVER?    # tmpfsMount
  | DIR to=value (MODE permissions=OCTAL)?                 # dirMount
  | MQUEUE to=value OVER?                                  # mqueueMount
  | OVERLAY list overlayWrites ARROW to=value OVER?        # overlayMount
  | REMOUNT_RO to=value                                    # remountReadOnly
  | CHMOD permissions=OCTAL to=value                       # chmodStatement
  | PROC to=value OVER?                                    # procMount
  | DEV to=value OVER?                                     # devMount
  | DEVICES to=value PREFIX prefix=value OVER?             # devicesMount
  | NODE name=value kind=word number=DEVICE_NUMBER permissions=OCTAL    # nodeStatement
  | DEVICE name=value OPTIONAL?                            # deviceStatement
  | SCRATCH to=value (PREFIX prefix=value)? OVER?          # scratchMount
  | SCRATCH_DIR to=value permissions=OCTAL                 # scratchDirectory
  | TEXT to=value EQUALS content=value (MODE permissions=OCTAL)? (OVER | DEFAULT)?    # textMount
  | BIND_DATA access=(RO | RW) from=value ARROW to=value (MODE permissions=OCTAL)? OVER?    # bindDataMount
  | FILE from=value ARROW to=value (MODE permissions=OCTAL)?    # fileMount
  | MODULE name=word ARROW to=value (IF EMPTY empty=value)? OVER?    # moduleMount
  | LIBDIR_BIND to=value OVER?                             # libdirBind
  | APIS to=value (PREFIX prefix=value)? OVER?             # apisMount
  | MOUNTS_HERE                                            # mountsHere
  // What the mounts above do not show, or show read-only.
  | verb=(HIDE | PROTECT) path=value (EXCEPT place+)? OPTIONAL?    # maskStatement
  // API sockets.
  | API name=value SOCKET path=value                       # apiSocket
  | API name=value SERVE list REQUIRED?                    # apiServe
  | API name=value ADD argument=value                      # apiAdd
  // What runs.
  | ENTRY value                                            # entrySetting
  // Taking away, and asserting.
  | DROP ENV name=word                                     # dropEnv
  | DROP CAP name=word                                     # dropCap
  | DROP API name=value                                    # dropApi
  | DROP NET target=value                                  # dropNet
  | DROP SYSCALLS callName+                                # dropSyscalls
  | DROP to=value                                          # dropMount
  | EXPECT verdict=(ALLOW | DENY) what=word (value (EXCEPT place+)?)?   # expectStatement
  ;

/** A question to the host, asked at every run. */
condition
  : OPTIONAL        # optionalCondition
  | IF DIRECTORY    # ifDirectoryCondition
  | IF OWNED        # ifOwnedCondition
  ;

settingName
  : pathSettingName | textSettingName | ENTRY | STDIN
  ;

/** Directories in which broot makes its temporary directories; `create` makes them when they are missing. */
pathSettingName
  : RUNDIR | VARDIR
  ;

textSettingName
  : TEXT_SETTING | ROOT
  ;

flagSettingName
  : FLAG_SETTING
  ;

/** Where the changes of an overlay go: nowhere, since there are none; to memory; or to a directory of the host. */
overlayWrites
  : RO | TMPFS | RW upper=value WORK work=value
  ;

list
  : LBRACKET (STRING (COMMA STRING)*)? RBRACKET
  ;

/** A value that may refer to parameters and settings with `${name}`. */
value
  : word | STRING
  ;

/** A value in a row of several; a keyword ends the row. */
place
  : WORD | STRING
  ;

/** The name of a system call, which some keywords are too, or of a group. */
callName
  : WORD | BIND | CHMOD | KILL | SECCOMP | SOCKET | SYMLINK | TEXT_SETTING | UNSHARE
  ;

/** A bare word. Keywords are words too. */
word
  : WORD | FLAG_SETTING | TEXT_SETTING | INT | OCTAL | DEVICE_NUMBER | LABEL
  | ADD | ALLOW | API | APIS | BASE | BECAUSE | BEST_EFFORT | BIND | BIND_DATA | BROOT | CAP | CHMOD | CREATE | DEFAULT | DENY | DESCRIPTOR | DEV | DEVICE | DEVICES | DIGEST | DIR | DIRECTORY | DROP
  | ELSE | EMPTY | ENTRY | ENV | EXCEPT | EXPECT | FILE | FRAGMENT | FROM | HIDE | IF | IMAGE | INCLUDE
  | INHERIT | KILL | LIBDIR_BIND | LIMIT | LOCK_FILE | LOG | MAP | MODE | MODULE | MOUNTS_HERE | MQUEUE | NET | NODE | NONE | NULL
  | OPTIONAL | OVER | OVERLAY | OWNED | PARAM | PASS | PREFIX | PRIVATE | PROC | PROTECT | RAW | REMOUNT_RO | REQUIRE | REQUIRED | RO | ROOT
  | RUNDIR | RW | SCRATCH | SCRATCH_DIR | SECCOMP | SERVE | SHARE | SIZE | SOCKET | STDIN | SYMLINK | SYSCALLS | TEMP | TEXT
  | TMPFS | UNSAFE | UNSET | UNSHARE | USER | VARDIR | WORK
  ;
