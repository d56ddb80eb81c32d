// Marks what libsod.so exports; everything else is hidden.
#ifndef SOD_EXPORT_H_
#define SOD_EXPORT_H_

#if defined(_WIN32)
#define SOD_API
#else
#define SOD_API __attribute__((visibility("default")))
#endif

#endif  // SOD_EXPORT_H_
