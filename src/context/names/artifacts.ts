import type { ByteString } from "../../model/byte-string.ts";
import type { Artifact } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";

/** C++ standard headers have no ending (`/usr/include/c++/12/vector`); Qt's and Eigen's neither. */
const HEADER_FOLDER = /\/include(?:\/|$)/;
const HEADER = /\.(?:h|hh|hpp|hxx|h\+\+|H|inc|inl|ipp|tcc|def|tbl|tpp|cuh)$/;
/** Ada's and D's compilers read the sources of a library where C's have headers. */
const INTERFACE = /\.(?:ad[sb]|ali)$|\/(?:include|imports?)\/.*\.di?$/;
/** What Fortran compilers leave of a library's declarations, in the folders where they look. */
const FORTRAN_MODULE = /\/(?:include|finclude|fortran|gfortran)\/.*\.s?mod$/;
const SHARED = /\.so(?:\.\d[\w.]*)?$/;
const STATIC = /\.(?:a|rlib|rmeta|lib)$/;
const OBJECT = /\.(?:o|lo|obj|os|oS|bc)$/;
const CMAKE =
  /(?:Config|-config|ConfigVersion|-config-version|Targets|-targets[\w-]*)\.cmake$|\/cmake\/.+\.cmake$/;

/** What kind of file a path names, by its name and place alone. */
export function artifactOf(path: ByteString): Artifact {
  const name = baseName(path);
  if (name.endsWith(".pc")) return "pkgconfig";
  if (SHARED.test(name) || STATIC.test(name)) return "library";
  if (OBJECT.test(name)) return "object";
  if (name.endsWith(".cmake")) return CMAKE.test(path) ? "cmake" : "config";
  if (HEADER.test(name) || INTERFACE.test(path)) return "header";
  if (name.endsWith(".la")) return "library";
  if (HEADER_FOLDER.test(path) && !name.includes(".")) return "header";
  if (FORTRAN_MODULE.test(path)) return "header";
  if (/-config$/.test(name)) return "config";
  if (/\/s?bin\/[^/]+$/.test(path)) return "program";
  if (/\.(?:conf|cfg|ini|toml|gypi|json|site|m4|pyc?|pm)$|^\/etc\//.test(path)) return "config";
  return "other";
}

/** True for C and C++ as the preprocessor leaves it, with all headers in it. */
export function isPreprocessed(path: ByteString): boolean {
  return /\.ii?$/.test(path);
}

/** True for a crate as rustc leaves it: the code, or its metadata alone. */
export function isCrate(path: ByteString): boolean {
  return /\.(?:rlib|rmeta)$/.test(path);
}

/** True for a shared library's file name with a version: what programs load, not what linkers are given. */
export function isSoname(path: ByteString): boolean {
  return /\.so\.\d[\w.]*$/.test(baseName(path));
}

const PLUGIN =
  /\/(?:liblto_plugin|LLVMgold|libdep)\.so|\/bfd-plugins\/|\/gconv\/|\/ossl-modules\/|\/engines-[\d.]+\/|\/lib-dynload\/|\/auto\/|\/libnss_|\/gcc(?:-cross)?\/[^/]+\/[^/]+\/(?:plugin\/|libc[cp]1)/;

/** `libz` of libz.so, libz.so.1 and libz.a: one search tries them all. */
export function stemOf(path: ByteString): string {
  return baseName(path).replace(/\.(?:so(?:\.[\d.]+)?|a)$/, "");
}

/** True for what programs load into themselves: compiler plugins, name services, Perl's and Python's modules. */
export function isPlugin(path: ByteString): boolean {
  return PLUGIN.test(path);
}
