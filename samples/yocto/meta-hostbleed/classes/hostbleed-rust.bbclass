# Keeps cargo's build scripts, pkg-config and bindgen inside the sysroot. For recipes with
#
#   inherit cargo hostbleed-rust
#
# SPDX-License-Identifier: MIT

# cargo.bbclass allows pkg-config to answer for the target, but only pkgconfig.bbclass says from where.
inherit pkgconfig

# A build script asks for two machines: the target, and the host when it builds for another build script. The
# pkg-config crate prefers the variable with the target's name (HOST_ and TARGET_ count for all) to the plain one.
export TARGET_PKG_CONFIG_SYSROOT_DIR = "${STAGING_DIR_HOST}"
export TARGET_PKG_CONFIG_LIBDIR = "${STAGING_LIBDIR}/pkgconfig:${STAGING_DATADIR}/pkgconfig"
export TARGET_PKG_CONFIG_PATH = ""
export HOST_PKG_CONFIG_SYSROOT_DIR = ""
export HOST_PKG_CONFIG_LIBDIR = "${STAGING_LIBDIR_NATIVE}/pkgconfig:${STAGING_DATADIR_NATIVE}/pkgconfig"
export HOST_PKG_CONFIG_PATH = ""

# bindgen reads headers with libclang, which searches /usr/include unless it has a sysroot. The variable with
# the target's name leaves bindgen alone where it works for another build script.
export LIBCLANG_PATH = "${STAGING_LIBDIR_NATIVE}"
HOSTBLEED_BINDGEN_ARGS ?= "${HOST_CC_ARCH}${TOOLCHAIN_OPTIONS} --target=${TARGET_SYS}"

do_compile:prepend:class-target() {
	export "BINDGEN_EXTRA_CLANG_ARGS_$(echo "${RUST_HOST_SYS}" | tr - _)=${HOSTBLEED_BINDGEN_ARGS}"
}
