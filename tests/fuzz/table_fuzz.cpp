// One input: bytes that claim to be a table. Tried as they are and with sums made to
// fit, so that the checks behind the sums are reached. What loads is asked and printed
// in every way.
//
//   CC=clang-19 CXX=clang++-19 cmake -S . -B build/fuzz -G Ninja -DSODC_BUILD_COMPILER=OFF -DSODC_FUZZ=ON
//         -DSODC_SANITIZE=fuzzer-no-link,address,undefined
//   cmake --build build/fuzz --target table_fuzz table_fuzz_seeded
//   build/fuzz/bin/table_fuzz_seeded --corpus corpus && build/fuzz/bin/table_fuzz corpus
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sod/documents.h"
#include "tests/support/test_table.h"

namespace {

void RenderEverything(const sod::Table& table) {
  using enum sod::MatrixFormat;
  for (const sod::MatrixFormat format : {Markdown, Html, Csv, Json}) {
    sod::MatrixOptions options;
    options.format = format;
    options.as_of = 20 * 86400;
    for (const sod::MatrixView view :
         {sod::MatrixView::Pairs, sod::MatrixView::Roles, sod::MatrixView::People}) {
      static_cast<void>(sod::RenderView(table, view, options));
    }
    static_cast<void>(sod::RenderDocument(table, "matrix", options));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string file(reinterpret_cast<const char*>(data), size);
  for (int round = 0; round < 2; ++round) {
    const sod::Result<sod::Table> table = sod::Table::Load(std::as_bytes(std::span(file)));
    if (table) {
      sod::test::AskEverything(table.value());
      RenderEverything(table.value());
    }
    sod::test::FixSums(file);
  }
  return 0;
}
