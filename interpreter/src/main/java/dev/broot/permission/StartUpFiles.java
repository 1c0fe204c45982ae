package dev.broot.permission;

import java.util.List;

/** Files that shells, desktops and tools obey, or run programs from. */
final class StartUpFiles {
  /** Below a home. A {@code *} is any text within one part. */
  static final List<String> IN_HOMES = List.of(String.join("", all()).strip().split("\\s+", -1));

  private StartUpFiles() {}

  private static List<String> all() {
    return List.of(
        // Shells.
        """
        .bash_aliases .bash_login .bash_logout .bash_profile .bashrc .bashrc.d .config/fish
        .config/nushell .config/zsh .cshrc .inputrc .kshrc .login .logout .mkshrc .oh-my-zsh
        .profile .tcshrc .zlogin .zlogout .zprofile .zshenv .zshrc
        """,
        // Who may log in, and as whom one is known elsewhere.
        """
        .aws .config/gcloud .docker .gnupg .k5login .kube .pam_environment .password-store
        .rhosts .shosts .ssh
        """,
        // The session.
        """
        .config/autostart .config/environment.d .config/hypr .config/i3 .config/kdeglobals
        .config/plasma-workspace .config/sway .config/systemd .config/wayfire* .forward
        .local/share/applications .local/share/dbus-1 .local/share/flatpak
        .local/share/gnome-shell .local/share/systemd .xinitrc .xprofile .xserverrc .xsession
        .xsessionrc
        """,
        // Programs that are found by PATH.
        """
        .asdf .bun/bin .cargo/bin .cargo/config* .cargo/env .deno/bin .local/bin .local/lib
        .nix-profile .nvm .pyenv .rbenv .rustup .sdkman .volta bin go/bin
        """,
        // Tools.
        """
        .bazelrc .claude.json .claude .codex .config/Code .config/chromium .config/direnv
        .config/emacs .config/gdb .config/git .config/google-chrome .config/helix .config/mise .config/nix
        .config/nvim .config/opencode .config/pip .config/starship.toml .config/tmux .config/zed
        .cursor .direnvrc .emacs .emacs.d .gdbinit .gem/credentials .gemini .gitconfig
        .git-credentials .gradle/gradle.properties .gradle/init.d .gradle/init.gradle* .irbrc
        .lesskey .lldbinit .local/share/nvim .m2/settings*.xml .m2/extensions.xml .mailcap
        .mozilla .netrc .npmrc .pip .psqlrc .pypirc .pythonrc* .Rprofile .screenrc .tmux.conf .vim .vimrc .vscode*
        .yarnrc*
        """);
  }
}
