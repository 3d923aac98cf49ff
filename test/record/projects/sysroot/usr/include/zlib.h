#define ZLIB_VERSION "1.3"
unsigned long crc32(unsigned long, const unsigned char *, unsigned int);
