// One input: a text that claims to be a policy. What the formatter writes has the same tree,
// no errors, and stays as it is when it is formatted again.
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>

#include "compiler/diag/sinks.h"
#include "compiler/format/compare.h"
#include "compiler/format/format.h"

namespace {

[[noreturn]] void Fail(const std::string& what, const std::string& text) {
  std::cerr << "format_fuzz: " << what << "\n----\n" << text << "\n----\n";
  __builtin_trap();  // what libFuzzer keeps the input for
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sodc::SourceManager sources;
  sodc::CollectingSink sink;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const sodc::FileId before = sources.Add("before.sod", text);
  const sodc::FormatResult once = sodc::Format(before, sources, {}, sink);
  if (once.status == sodc::FormatStatus::SyntaxErrors) return 0;
  if (once.status == sodc::FormatStatus::Refused) Fail("refused: " + once.refusal, text);
  sodc::CollectingSink nothing;
  const sodc::ast::File tree = sodc::Parse(before, sources, {}, nothing);
  const std::string difference = sodc::DifferenceOf(text, sodc::SumsOf(tree), once.text, {});
  if (!difference.empty()) Fail("another meaning: " + difference, once.text);
  const sodc::FormatResult twice = sodc::Format(sources.Add("after.sod", once.text), sources, {}, nothing);
  if (twice.status != sodc::FormatStatus::Formatted) Fail("its own text is refused: " + twice.refusal, once.text);
  if (twice.text != once.text) Fail("not idempotent", once.text);
  return 0;
}
