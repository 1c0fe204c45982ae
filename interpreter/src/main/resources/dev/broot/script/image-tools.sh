# The programs that unpack an image, with their packages. What a tarball is compressed with, its name says.
broot_image_tool() {
  case $1.$2 in
    oci.*) echo umoci:umoci ;;
    squashfs.*) echo unsquashfs:squashfs-tools ;;
    erofs.*) echo fsck.erofs:erofs-utils ;;
    *.gz | *.tgz) echo tar:tar gzip:gzip ;;
    *.xz | *.txz) echo tar:tar xz:xz-utils ;;
    *.zst | *.tzst) echo tar:tar zstd:zstd ;;
    *.bz2) echo tar:tar bzip2:bzip2 ;;
    *) echo tar:tar ;;
  esac
}
