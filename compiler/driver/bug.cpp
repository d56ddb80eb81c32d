#include "compiler/driver/bug.h"

#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <string_view>

#include "compiler/driver/exit_code.h"

namespace sodc {

namespace {

[[noreturn]] void EndAsBug() {
  constexpr std::string_view kSentence = "sodc: internal error; please report it\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kSentence.data(), kSentence.size());
  std::_Exit(static_cast<int>(ExitCode::Bug));
}

}  // namespace

void EndBugsWithTheirCode() { std::set_terminate(EndAsBug); }

}  // namespace sodc
