// Chainable sinks: collect, sort and de-duplicate, render.
#ifndef SODC_DIAG_SINKS_H_
#define SODC_DIAG_SINKS_H_

#include <vector>

#include "compiler/diag/diagnostic.h"

namespace sodc {

class SourceManager;

// Keeps everything. `Sort` orders by file, place, code and message and drops
// exact repetitions, so that output never depends on the order of passes.
class CollectingSink : public Sink {
 public:
  void Handle(Diagnostic diagnostic) override { diagnostics_.push_back(std::move(diagnostic)); }
  void Sort();
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  // What was collected, to be revised where it is.
  std::vector<Diagnostic>& revised() { return diagnostics_; }
  // Errors that are no policy findings: the policy does not compile.
  bool HasLanguageError() const;
  // Some finding of at least this severity that is not allowed.
  bool HasFinding(Severity at_least) const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

struct RenderTextOptions {
  bool color = false;
  uint32_t tab_width = 4;
};

// Excerpts with carets: columns by display width (wide characters count two,
// combining ones none), right-to-left text isolated, control and bidi
// characters shown as \u{202E}. No trailing white space. Allowed findings are left out.
std::string RenderText(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources,
                       const RenderTextOptions& options);

// Schema `sod.diagnostics/1`, docs/diagnostics.md. One line of JSON per call, ends in a newline.
std::string RenderJson(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources);

// The text with control, format and bidi characters escaped: safe for a terminal.
std::string EscapeForTerminal(std::string_view text);

}  // namespace sodc

#endif  // SODC_DIAG_SINKS_H_
