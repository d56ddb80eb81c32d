// Whether what a rule states is looser than what its level of enforcement says. Private to
// compiler/sema.
#ifndef SODC_SEMA_STRICTNESS_H_
#define SODC_SEMA_STRICTNESS_H_

#include <string_view>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::sema {

// Of the attributes with this keyword. What cannot be ordered and is not the same counts as
// looser: somebody has to say why it differs.
bool IsLooser(const std::vector<model::ProvisionAttribute>& stated,
              const std::vector<model::ProvisionAttribute>& of_level, std::string_view keyword);

}  // namespace sodc::sema

#endif  // SODC_SEMA_STRICTNESS_H_
