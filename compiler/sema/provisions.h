// Declarations and attributes that this version carries typed and does not judge by
// yet (docs/decisions/0026). Private to compiler/sema.
#ifndef SODC_SEMA_PROVISIONS_H_
#define SODC_SEMA_PROVISIONS_H_

#include <optional>

#include "compiler/sema/context.h"

namespace sodc::sema {

// The kind of name that a carried declaration declares; nothing for the others.
std::optional<EntityKind> ProvisionEntityOf(ast::DeclarationKind kind);

// Whether the whole declaration is carried, named or not (`waivers`, `test`).
bool IsProvision(ast::DeclarationKind kind);

// Adds its row of Model::provisions, without attributes.
uint32_t AddProvision(Context& context, const ast::Declaration& declaration, bool is_own);

}  // namespace sodc::sema

#endif  // SODC_SEMA_PROVISIONS_H_
