// Names of other systems as those systems compare them (rulings LAN-7, second-ring E29).
// The runtime compares in the same way (runtime/core/same_name.h). Private to compiler/sema.
#ifndef SODC_SEMA_SAME_NAME_H_
#define SODC_SEMA_SAME_NAME_H_

#include <string>
#include <string_view>

#include "compiler/sema/context.h"

namespace sodc::sema {

// The name in the form in which two names of one system are equal: without its domain and
// in lower case where the system says so, else the bytes as they are.
std::string FoldedName(const model::System& system, std::string_view name);

// Under which the lookups of Context find a name of the system.
std::string AccountKey(const Context& context, model::SystemId system, std::string_view identifier);

// The account as its first declaration spells it; one that nobody has named before is as written.
std::string AccountAsDeclared(Context& context, model::SystemId system, const std::string& identifier);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SAME_NAME_H_
