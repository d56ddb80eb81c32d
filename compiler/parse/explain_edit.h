// A repair's changes → diagnostics.
#ifndef SODC_PARSE_EXPLAIN_EDIT_H_
#define SODC_PARSE_EXPLAIN_EDIT_H_

#include <span>
#include <string_view>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/repair.h"

namespace sodc {

struct ExplainContext {
  FileId file;
  std::string_view text;
  bool is_last_slice = false;  // nothing follows in the file
  Sink& sink;
};

// `tokens` are the slice's before the edit.
void ExplainEdit(const ExplainContext& context, std::span<const Token> tokens, const Edit& edit);

}  // namespace sodc

#endif  // SODC_PARSE_EXPLAIN_EDIT_H_
