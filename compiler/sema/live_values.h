// `{{ dotted.path }}` in the texts of documents. Private to compiler/sema.
#ifndef SODC_SEMA_LIVE_VALUES_H_
#define SODC_SEMA_LIVE_VALUES_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

// What a live value of a document can name beside the declarations.
struct DocumentScope {
  ModuleIndex module = 0;
  const model::Document* document = nullptr;
};

// The text with its live values filled in and `{{{{` turned into `{{`. An unknown
// path is reported at its place inside the text and left out.
std::string FillIn(Context& context, const DocumentScope& scope, const ast::Text& text);

// The value of one path. Example: `policy.revision`, `eric` (its title).
std::optional<std::string> LiveValue(const Context& context, const DocumentScope& scope, std::string_view path);

// A date in the style of the document.
std::string PrintDate(const DocumentScope& scope, Date date);

}  // namespace sodc::sema

#endif  // SODC_SEMA_LIVE_VALUES_H_
