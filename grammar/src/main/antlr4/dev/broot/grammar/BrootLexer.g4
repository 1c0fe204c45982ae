/*
 * The words of the broot language.
 *
 * One statement is one line. A bare word needs no quotes unless it has white space, '#', '"', '$' or control
 * characters; there is one quoting form, "...", with JSON's escapes and '\$'. `${name}` stands for a declared
 * parameter or setting, in bare words and strings alike. '#' starts a comment at line start or after white space.
 *
 * The lexer is permissive: what cannot be a word becomes one of the BAD_ tokens at the end, so that the compiler can
 * say what is wrong with it. Every keyword is also a value (`runner tmpfs` is fine): see `value` in BrootParser.g4.
 */
lexer grammar BrootLexer;

// Keywords, in alphabetical order.
ADD: 'add';
ALLOW: 'allow';
API: 'api';
APIS: 'apis';
BASE: 'base';
BECAUSE: 'because';
BEST_EFFORT: 'best-effort';
BIND: 'bind';
BIND_DATA: 'bind-data';
BROOT: 'broot';
CAP: 'cap';
CHMOD: 'chmod';
CREATE: 'create';
DEFAULT: 'default';
DENY: 'deny';
DESCRIPTOR: 'descriptor';
DEV: 'dev';
DEVICE: 'device';
DEVICES: 'devices';
DIGEST: 'digest';
DIR: 'dir';
DIRECTORY: 'directory';
DROP: 'drop';
ELSE: 'else';
EMPTY: 'empty';
ENTRY: 'entry';
ENV: 'env';
EXCEPT: 'except';
EXPECT: 'expect';
FILE: 'file';
FRAGMENT: 'fragment';
FROM: 'from';
HIDE: 'hide';
IF: 'if';
IMAGE: 'image';
INCLUDE: 'include';
INHERIT: 'inherit';
KILL: 'kill';
LIBDIR_BIND: 'libdir-bind';
LIMIT: 'limit';
LOCK_FILE: 'lock-file';
LOG: 'log';
MAP: 'map';
MODE: 'mode';
MODULE: 'module';
MOUNTS_HERE: 'mounts-here';
MQUEUE: 'mqueue';
NET: 'net';
NODE: 'node';
NONE: 'none';
NULL: 'null';
OPTIONAL: 'optional';
OVER: 'over';
OVERLAY: 'overlay';
OWNED: 'owned';
PARAM: 'param';
PASS: 'pass';
PREFIX: 'prefix';
PRIVATE: 'private';
PROC: 'proc';
PROTECT: 'protect';
RAW: 'raw';
REMOUNT_RO: 'remount-ro';
REQUIRE: 'require';
REQUIRED: 'required';
RO: 'ro';
ROOT: 'root';
RUNDIR: 'rundir';
RW: 'rw';
SCRATCH: 'scratch';
SCRATCH_DIR: 'scratch-dir';
SECCOMP: 'seccomp';
SERVE: 'serve';
SHARE: 'share';
SIZE: 'size';
SOCKET: 'socket';
STDIN: 'stdin';
SYMLINK: 'symlink';
SYSCALLS: 'syscalls';
TEMP: 'temp';
TEXT: 'text';
TMPFS: 'tmpfs';
UNSAFE: 'unsafe';
UNSET: 'unset';
UNSHARE: 'unshare';
USER: 'user';
VARDIR: 'vardir';
WORK: 'work';

/** Settings that are said or not. */
FLAG_SETTING
  : 'as-pid-1'
  | 'assert-userns-disabled'
  | 'closed-parents'
  | 'die-with-parent'
  | 'disable-userns'
  | 'level-prefix'
  | 'new-session'
  | 'not-a-security-boundary'
  ;

/** Settings whose value is a text. */
TEXT_SETTING
  : 'argv0'
  | 'chdir'
  | 'exec-label'
  | 'file-label'
  | 'gid'
  | 'hostname'
  | 'libdir'
  | 'runner'
  | 'uid'
  ;

ARROW: '->';
EQUALS: '=';
LBRACKET: '[';
RBRACKET: ']';
COMMA: ',';

INT: [1-9] [0-9]* | '0';
OCTAL: '0' [0-7]+;
/** A device's numbers, major:minor. */
DEVICE_NUMBER: [0-9]+ ':' [0-9]+;
/** The name of a parameter with its colon, as in `param tree: path`. */
LABEL: [A-Za-z_] [A-Za-z0-9_-]* ':';

WORD: (WORD_CHAR | REFERENCE)+;
STRING: '"' (STRING_CHAR | ESCAPE | REFERENCE)* '"';

NEWLINE: '\r\n' | '\n' | '\r';
BLANK: [ \t]+ -> skip;
COMMENT: '#' ~[\r\n]* -> skip;

// What no statement accepts. Longest match: each of these wins only where a good word does not cover it.
BAD_HASH: (WORD_CHAR | REFERENCE)+ '#' (WORD_CHAR | '#')*;
BAD_ESCAPE: '"' (STRING_CHAR | ESCAPE | REFERENCE)* NO_ESCAPE (STRING_CHAR | ESCAPE | REFERENCE | NO_ESCAPE | '$')* '"'?;
BAD_DOLLAR: (WORD_CHAR | REFERENCE)* '$' (WORD_CHAR | '$')*
  | '"' (STRING_CHAR | ESCAPE | REFERENCE)* '$' (STRING_CHAR | ESCAPE | REFERENCE | '$')* '"';
BAD_STRING: '"' (STRING_CHAR | ESCAPE | REFERENCE | '$')*;
BAD_JOIN: (WORD_CHAR | REFERENCE)* STRING (WORD_CHAR_NOT_LIST (WORD_CHAR | REFERENCE)* | STRING)+
  | (WORD_CHAR | REFERENCE) (WORD_CHAR | REFERENCE)+ STRING;
BAD_CHARACTER: .;

fragment REFERENCE: '${' [A-Za-z_] [A-Za-z0-9_-]* '}';
fragment WORD_CHAR: ~[\u0000- "#$\u007F-\u009F\u2028\u2029];
fragment WORD_CHAR_NOT_LIST: ~[\u0000- "#$,\]\u007F-\u009F\u2028\u2029];
fragment STRING_CHAR: ~["\\$\u0000-\u001F];
fragment ESCAPE: '\\' (["\\/bfnrt$] | 'u' HEX HEX HEX HEX);
fragment NO_ESCAPE: '\\' (~["\\/bfnrt$u\u0000-\u001F] | 'u' HEX? HEX? HEX?);
fragment HEX: [0-9A-Fa-f];
