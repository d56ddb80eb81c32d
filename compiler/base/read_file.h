// Reading whole files with a cap, without exceptions.
#ifndef SODC_BASE_READ_FILE_H_
#define SODC_BASE_READ_FILE_H_

#include <cstdint>
#include <string>

namespace sodc {

struct ReadResult {
  enum class Status : uint8_t { Ok, NotFound, Unreadable, TooLarge };
  Status status = Status::Ok;
  std::string text;
  std::string reason;   // Unreadable: what the system says, lower case
  uint64_t size = 0;    // TooLarge: the size, or the cap when it is not known
};

// Reads a regular file or pipe. A file larger than the cap is refused before reading; of a
// pipe no more than the cap is read.
ReadResult ReadFile(const std::string& path, uint64_t max_bytes);
ReadResult ReadStandardInput(uint64_t max_bytes);

}  // namespace sodc

#endif  // SODC_BASE_READ_FILE_H_
