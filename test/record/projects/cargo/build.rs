use std::process::Command;

fn main() {
    let answer = Command::new("pkg-config")
        .args(["--libs", "--cflags", "zlib"])
        .env("PKG_CONFIG_ALLOW_SYSTEM_LIBS", "1")
        .output()
        .expect("pkg-config runs");
    assert!(answer.status.success(), "zlib is not there");
    for word in String::from_utf8_lossy(&answer.stdout).split_whitespace() {
        if let Some(folder) = word.strip_prefix("-L") {
            println!("cargo:rustc-link-search=native={folder}");
        }
    }
}
