// How sodc ends (rulings appendix G, docs/command-line.md).
#ifndef SODC_DRIVER_EXIT_CODE_H_
#define SODC_DRIVER_EXIT_CODE_H_

#include <cstdint>

#include "sod/result.h"

namespace sodc {

enum class ExitCode : uint8_t {
  Fine = 0,
  Findings = 1,        // the policy says no: findings, or a verdict that must not pass
  Usage = 2,           // a wrong command line, or a name that the policy does not declare
  DoesNotCompile = 3,  // a language error
  InputOutput = 4,     // a file, a damaged table or a bad data row
  Bug = 9,             // sodc contradicts itself
};

// The one to end with when both happened: 9 > 4 > 2 > 3 > 1 > 0.
constexpr ExitCode Worse(ExitCode a, ExitCode b) {
  constexpr auto weight = [](ExitCode code) {
    switch (code) {
      case ExitCode::Fine: return 0;
      case ExitCode::Findings: return 1;
      case ExitCode::DoesNotCompile: return 2;
      case ExitCode::Usage: return 3;
      case ExitCode::InputOutput: return 4;
      case ExitCode::Bug: return 5;
    }
    return 5;
  };
  return weight(a) < weight(b) ? b : a;
}

// What an error of the runtime means at the command line.
constexpr ExitCode CodeOf(const sod::Error& error) {
  switch (error.code) {
    case sod::ErrorCode::UnknownName:
    case sod::ErrorCode::AmbiguousName:
    case sod::ErrorCode::BadArgument: return ExitCode::Usage;
    case sod::ErrorCode::InputOutput:
    case sod::ErrorCode::NotATable:
    case sod::ErrorCode::WrongVersion:
    case sod::ErrorCode::Damaged:
    case sod::ErrorCode::LimitExceeded: return ExitCode::InputOutput;
  }
  return ExitCode::Bug;
}

}  // namespace sodc

#endif  // SODC_DRIVER_EXIT_CODE_H_
