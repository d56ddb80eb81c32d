#include "compiler/format/format.h"

#include <optional>
#include <utility>

#include "compiler/format/compare.h"
#include "compiler/format/layout.h"
#include "compiler/format/outline.h"

namespace sodc {

namespace {

class CountingSink final : public Sink {
 public:
  explicit CountingSink(Sink& next) : next_(next) {}
  void Handle(Diagnostic diagnostic) override {
    has_error_ = has_error_ || diagnostic.severity == Severity::Error;
    next_.Handle(std::move(diagnostic));
  }
  bool has_error() const { return has_error_; }

 private:
  Sink& next_;
  bool has_error_ = false;
};

}  // namespace

FormatResult Format(FileId file, const SourceManager& sources, const FormatOptions& options, Sink& sink) {
  CountingSink counting(sink);
  std::optional<ast::File> tree = Parse(file, sources, options.parse, counting);
  if (counting.has_error() || tree->is_damaged) return {};
  const std::string& source = sources.file(file).text;
  FormatResult result{.status = FormatStatus::Formatted,
                      .text = WriteLayout(MakeOutline(source, *tree, options.parse), options.width),
                      .refusal = {}};
  const TreeSums sums = SumsOf(*tree);
  tree.reset();  // the tree of the result takes its place
  result.refusal = DifferenceOf(source, sums, result.text, options.parse);
  if (!result.refusal.empty()) result.status = FormatStatus::Refused;
  return result;
}

}  // namespace sodc
