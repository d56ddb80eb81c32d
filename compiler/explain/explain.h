// model, name → the page of what is declared by that name.
#ifndef SODC_EXPLAIN_EXPLAIN_H_
#define SODC_EXPLAIN_EXPLAIN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/source/source_manager.h"

namespace sodc {

struct PageOptions {
  // A clause of the framework that is asked for, or empty.
  std::string_view clause = {};
  // Places and holders of a policy's own things; without them the page is about a library.
  bool is_about_policy = true;
  // Whether what has a time is in force then; nothing: not asked.
  std::optional<Instant> as_of = {};
};

// One of: a page; several names that are meant (by kind and place); or nothing, with the
// nearest name if one is near.
struct Explanation {
  std::string page;
  std::vector<std::string> candidates;
  std::string nearest;
};

// A declared name, `std.it.code_review`, the name of a module, an exact title, or a member of a
// scale as `scale.member`.
Explanation Explain(const model::Model& model, const SourceManager& sources, std::string_view name,
                    const PageOptions& options);

}  // namespace sodc

#endif  // SODC_EXPLAIN_EXPLAIN_H_
