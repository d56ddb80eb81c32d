#include "compiler/base/read_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sodc {
namespace {

ReadResult Failure(int error) {
  ReadResult result;
  result.status = error == ENOENT || error == ENOTDIR ? ReadResult::Status::NotFound
                                                      : ReadResult::Status::Unreadable;
  result.reason = std::strerror(error);
  if (!result.reason.empty() && result.reason[0] >= 'A' && result.reason[0] <= 'Z') {
    result.reason[0] = static_cast<char>(result.reason[0] | 0x20);
  }
  return result;
}

ReadResult TooLarge(uint64_t size) {
  ReadResult result;
  result.status = ReadResult::Status::TooLarge;
  result.size = size;
  return result;
}

ReadResult ReadDescriptor(int descriptor, uint64_t max_bytes, uint64_t expected_bytes) {
  ReadResult result;
  result.text.reserve(expected_bytes + 1);
  char buffer[1 << 16];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failure(errno);
    if (count == 0) return result;
    result.text.append(buffer, static_cast<size_t>(count));
    if (result.text.size() > max_bytes) return TooLarge(max_bytes + 1);
  }
}

}  // namespace

ReadResult ReadFile(const std::string& path, uint64_t max_bytes) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return Failure(errno);
  struct stat status = {};
  ReadResult result;
  if (fstat(descriptor, &status) != 0) {
    result = Failure(errno);
  } else if (S_ISDIR(status.st_mode)) {
    result = Failure(EISDIR);
  } else if (S_ISREG(status.st_mode) && static_cast<uint64_t>(status.st_size) > max_bytes) {
    result = TooLarge(static_cast<uint64_t>(status.st_size));
  } else {
    const int flags = fcntl(descriptor, F_GETFL);
    fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK);
    result = ReadDescriptor(descriptor, max_bytes, static_cast<uint64_t>(status.st_size));
  }
  close(descriptor);
  return result;
}

ReadResult ReadStandardInput(uint64_t max_bytes) { return ReadDescriptor(STDIN_FILENO, max_bytes, 0); }

}  // namespace sodc
