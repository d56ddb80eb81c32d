// Diagnostics for programs: schema `sod.diagnostics/1`.
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/diag/sinks.h"
#include "compiler/source/source_manager.h"

namespace sodc {
namespace {

llvm::StringRef View(std::string_view text) { return {text.data(), text.size()}; }

class JsonRenderer {
 public:
  JsonRenderer(const SourceManager& sources, llvm::json::OStream& json) : sources_(sources), json_(json) {}

  void Write(const Diagnostic& diagnostic) {
    json_.object([&] {
      json_.attribute("code", CodeOf(diagnostic.kind));
      json_.attribute("name", View(NameOf(diagnostic.kind)));
      json_.attribute("severity", View(SpellingOf(diagnostic.severity)));
      json_.attribute("finding", IsFinding(diagnostic.kind));
      json_.attribute("message", llvm::json::fixUTF8(diagnostic.message));
      if (diagnostic.span.is_valid()) Place(diagnostic.span);
      json_.attributeArray("labels", [&] {
        for (const Label& label : diagnostic.labels) {
          json_.object([&] {
            json_.attribute("text", llvm::json::fixUTF8(label.text));
            Place(label.span);
          });
        }
      });
      if (!diagnostic.help.empty()) json_.attribute("help", llvm::json::fixUTF8(diagnostic.help));
      json_.attributeArray("fixes", [&] {
        for (const FixIt& fix : diagnostic.fixes) {
          json_.object([&] {
            Place(fix.span);
            json_.attribute("replacement", llvm::json::fixUTF8(fix.replacement));
            json_.attribute("guess", HasGuessedFixes(diagnostic.kind));
          });
        }
      });
      if (!diagnostic.pairs.empty()) json_.attributeArray("pairs", [&] { Pairs(diagnostic.pairs); });
      if (diagnostic.allowance) json_.attributeObject("allowed", [&] { Allowed(*diagnostic.allowance); });
    });
  }

 private:
  void Pairs(const std::vector<NamePair>& pairs) {
    for (const auto& [first, second] : pairs) {
      json_.array([&] {
        json_.value(llvm::json::fixUTF8(first));
        json_.value(llvm::json::fixUTF8(second));
      });
    }
  }

  void Allowed(const Allowance& allowance) {
    json_.attribute("because", llvm::json::fixUTF8(allowance.because));
    if (allowance.span.is_valid()) Place(allowance.span);
  }

  void Place(Span span) {
    json_.attribute("file", llvm::json::fixUTF8(sources_.file(span.file).path));
    json_.attributeObject("begin", [&] { PositionAt(span.file, span.begin); });
    json_.attributeObject("end", [&] { PositionAt(span.file, span.end); });
  }

  void PositionAt(FileId file, uint32_t offset) {
    const Position position = sources_.PositionOf(file, offset);
    json_.attribute("offset", offset);
    json_.attribute("line", position.line);
    json_.attribute("column", position.code_point_column);
    json_.attribute("utf16_column", position.utf16_column);
  }

  const SourceManager& sources_;
  llvm::json::OStream& json_;
};

}  // namespace

std::string RenderJson(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream);
  JsonRenderer renderer(sources, json);
  json.object([&] {
    json.attribute("schema", "sod.diagnostics/1");
    json.attributeArray("diagnostics", [&] {
      for (const Diagnostic& diagnostic : diagnostics) renderer.Write(diagnostic);
    });
  });
  json.flush();
  stream.flush();
  return text + "\n";
}

}  // namespace sodc
