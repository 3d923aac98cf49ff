#[no_mangle]
pub extern "C" fn sum(bytes: *const u8, length: usize) -> u32 {
    let bytes = unsafe { std::slice::from_raw_parts(bytes, length) };
    bytes.iter().fold(0, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)))
}
