// How often something is done: by the calendar or at an event (second-ring E32). Private to
// compiler/sema.
#ifndef SODC_SEMA_CADENCE_H_
#define SODC_SEMA_CADENCE_H_

#include <string_view>
#include <vector>

#include "compiler/sema/values.h"

namespace sodc::sema {

// The words for a period: `monthly`, `quarterly`, …
std::vector<std::string_view> CadenceWords();

// What can happen or be done time and again, and what can change: `on each shipment`,
// `after each storm`, `when staff changes`.
inline constexpr Wanted kEvent{Bit(EntityKind::Object) | Bit(EntityKind::Process) | Bit(EntityKind::Emergency),
                               "an object, a process or an emergency"};
inline constexpr Wanted kChanging{Bit(EntityKind::Fact) | Bit(EntityKind::Switch) | Bit(EntityKind::OwnAttribute) |
                                      Bit(EntityKind::Unit),
                                  "a fact, a switch, an attribute or a unit"};

struct Cadence {
  model::Duration period{};  // count 0: none, or an event
  model::CadenceEvent event = model::CadenceEvent::None;
  model::ProvisionId of{};
};
// Of `cadence …` and `review …`; null is the absent attribute.
Cadence CadenceOf(Context& context, ModuleIndex module, const ast::Attribute* attribute);

// The clause of the attribute that names an event, or null.
const ast::Attribute* EventClauseOf(const ast::Attribute& attribute);

}  // namespace sodc::sema

#endif  // SODC_SEMA_CADENCE_H_
