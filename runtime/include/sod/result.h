// Errors of the runtime: a code and a sentence, never an exception.
#ifndef SOD_RESULT_H_
#define SOD_RESULT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace sod {

enum class ErrorCode : uint8_t {
  InputOutput,     // the file cannot be read
  NotATable,       // wrong magic: not a decision table at all
  WrongVersion,    // a newer format, or a section this runtime must understand and does not
  Damaged,         // a check failed: truncated, changed or not canonical
  UnknownName,     // no such person, role, duty …
  AmbiguousName,   // several things have this title or account
  BadArgument,     // a level, date or holding that makes no sense
  LimitExceeded,   // more than a published limit
};

struct Error {
  ErrorCode code = ErrorCode::BadArgument;
  std::string message;  // one sentence, lower case, no full stop
  std::string help;     // what to do, or empty: "did you mean `eric`?"
};

// A value or an error. [[nodiscard]] because an ignored error is a wrong answer.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }
  // Only when ok().
  T& value() { return *value_; }
  const T& value() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  // Only when !ok().
  const Error& error() const { return error_; }

 private:
  std::optional<T> value_;
  Error error_;
};

}  // namespace sod

#endif  // SOD_RESULT_H_
