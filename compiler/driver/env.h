// Everything a verb may know of the world outside its arguments and files: where
// to write, and what main read from the environment and the clock.
#ifndef SODC_DRIVER_ENV_H_
#define SODC_DRIVER_ENV_H_

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "compiler/base/calendar.h"

namespace sodc {

// A buffered file descriptor. A reader that went away (EPIPE: `sodc … | head`) is
// no failure: what follows is dropped quietly.
class OutputStream {
 public:
  explicit OutputStream(int descriptor) : descriptor_(descriptor) {}

  void Write(std::string_view text);
  template <typename... Args>
  void Print(fmt::format_string<Args...> format, Args&&... args) {
    Write(fmt::format(format, std::forward<Args>(args)...));
  }
  void Flush();
  // Something could not be written, for another reason than a closed pipe.
  bool has_failed() const { return state_ == State::Failed; }

 private:
  enum class State : uint8_t { Open, Closed, Failed };

  int descriptor_;
  State state_ = State::Open;
  std::string buffer_;
};

struct DriverEnv {
  OutputStream& out;  // results
  OutputStream& err;  // diagnostics
  bool is_err_terminal = false;
  bool no_color = false;                          // NO_COLOR
  std::optional<std::string> source_date_epoch;   // SOURCE_DATE_EPOCH
  Instant now = 0;                                // the clock, read once, in main
  std::string import_root = {};                   // --import-root: no file is imported from elsewhere; or empty
};

}  // namespace sodc

#endif  // SODC_DRIVER_ENV_H_
