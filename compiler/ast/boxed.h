// Values on the heap that copy like values: what is big or rare costs one pointer where it
// is absent (a file of 100 000 rules has half a million sides).
#ifndef SODC_AST_BOXED_H_
#define SODC_AST_BOXED_H_

#include <memory>
#include <utility>

#include "compiler/source/span.h"

namespace sodc::ast {

// One value with its span; keeps rare big values from making all of a variant big.
template <typename T>
class Box {
 public:
  Box(T value) : value_(std::make_unique<T>(std::move(value))), span(value_->span) {}
  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)), span(other.span) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) { return *this = Box(other); }
  Box& operator=(Box&&) noexcept = default;
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;

 public:
  Span span;
};

// A value that is mostly absent. Used like std::optional.
template <typename T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) { return *this = Rare(other); }
  Rare& operator=(Rare&&) noexcept = default;
  explicit operator bool() const { return value_ != nullptr; }
  bool has_value() const { return value_ != nullptr; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace sodc::ast

#endif  // SODC_AST_BOXED_H_
