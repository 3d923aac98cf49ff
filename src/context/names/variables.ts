/**
 * Environment variables that decide where a build looks, per tool. Only these are read from a trace:
 * the others are none of our business, and some are secrets.
 */
const WATCHED: readonly RegExp[] = [
  /^(?:(?:TARGET|HOST|BUILD|NATIVE)_)?PKG_CONFIG(?:_[A-Za-z0-9_-]+)?$/,
  /^PKG_CONFIG.*$/,
  /^(?:TARGET|HOST|OUT_DIR|PROFILE|CARGO_MANIFEST_DIR|CARGO_PKG_NAME|CARGO_PKG_VERSION|CARGO_BUILD_TARGET|CARGO_HOME|CARGO_TARGET_DIR|RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|RUST_TARGET_PATH|RUSTC_LINKER)$/,
  /^CARGO_TARGET_[A-Z0-9_]+_(?:LINKER|RUSTFLAGS|RUNNER)$/,
  /^(?:(?:TARGET|HOST|BUILD)_)?(?:CC|CXX|CPP|LD|AR|AS|NM|RANLIB|STRIP|OBJCOPY|CFLAGS|CPPFLAGS|CXXFLAGS|LDFLAGS)(?:_[A-Za-z0-9_-]+)?$/,
  /^BINDGEN_EXTRA_CLANG_ARGS(?:_[A-Za-z0-9_-]+)?$/,
  /^(?:LIBCLANG_PATH|LLVM_CONFIG_PATH|CLANG_PATH)$/,
  /^(?:[A-Z0-9_]+_)?(?:OPENSSL_(?:DIR|LIB_DIR|INCLUDE_DIR|STATIC|LIBS|NO_VENDOR|ROOT_DIR))$/,
  /^(?:CPATH|C_INCLUDE_PATH|CPLUS_INCLUDE_PATH|OBJC_INCLUDE_PATH|LIBRARY_PATH|COMPILER_PATH|GCC_EXEC_PREFIX|LD_RUN_PATH|LD_LIBRARY_PATH|LD_PRELOAD)$/,
  /^CMAKE_(?:TOOLCHAIN_FILE|PREFIX_PATH|LIBRARY_PATH|INCLUDE_PATH|PROGRAM_PATH|FRAMEWORK_PATH|GENERATOR|SYSROOT)$/,
  /^[A-Za-z0-9]+_(?:ROOT|DIR)$/,
  /^(?:CONFIG_SITE|build_alias|host_alias|ACLOCAL_PATH)$/,
  /^_PYTHON_(?:SYSCONFIGDATA_NAME|HOST_PLATFORM|PROJECT_BASE)$|^PYTHON(?:PATH|HOME|NOUSERSITE)$|^LDSHARED$|^PYO3_[A-Z_]+$/,
  /^PERL(?:5LIB|_INC|_LIB|_ARCHLIB|CONFIGTARGET)$|^RUBYLIB$|^LUA_PATH$/,
  /^(?:GOOS|GOARCH|GOARM|CGO_ENABLED|CGO_CFLAGS|CGO_LDFLAGS|GOFLAGS|GOROOT|GOENV)$/,
  /^npm_config_(?:nodedir|arch|target_arch|platform|build_from_source)$/,
  /^(?:XDG_DATA_DIRS|QT_HOST_PATH|QT_CONF_PATH|QMAKESPEC|QEMU_LD_PREFIX|GI_[A-Z_]+|GIR_[A-Z_]+)$/,
  /^(?:STAGING_[A-Z_]+|SDKTARGETSYSROOT|OECORE_[A-Z_]+|SYSROOT|CROSS_SYSROOT|CROSS_COMPILE|ARCH|PATH|PWD|HOME)$/,
  /^(?:NIX_(?:CFLAGS_COMPILE|LDFLAGS)[A-Za-z0-9_]*)$/,
];

const answers = new Map<string, boolean>();

/** True for a variable whose value may decide where host files come from. */
export function isWatched(name: string): boolean {
  let answer = answers.get(name);
  if (answer === undefined) {
    answer =
      !/(?:TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY)/i.test(name) &&
      WATCHED.some((pattern) => pattern.test(name));
    if (answers.size < 65_536) answers.set(name, answer);
  }
  return answer;
}
