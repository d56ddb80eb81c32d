#include "compiler/driver/env.h"

#include <unistd.h>

#include <cerrno>

namespace sodc {

namespace {
constexpr size_t kFlushAt = 64 * 1024;
}

void OutputStream::Write(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= kFlushAt) Flush();
}

void OutputStream::Flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && state_ == State::Open) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      state_ = State::Closed;
    } else if (errno != EINTR) {
      state_ = State::Failed;
    }
  }
  buffer_.clear();
}

}  // namespace sodc
