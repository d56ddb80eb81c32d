// Resolving names: from what the author wrote to a declared thing of the wanted
// kind, or a diagnostic. Private to compiler/sema.
#ifndef SODC_SEMA_NAMES_H_
#define SODC_SEMA_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "compiler/sema/context.h"
#include "llvm/ADT/ArrayRef.h"

namespace sodc::sema {

// A name or dotted path as written; the text belongs to the syntax tree.
struct NamePath {
  llvm::ArrayRef<ast::Name> parts;
  Span span;

  std::string_view last() const { return parts.back().text; }
  std::string Joined() const;
};
NamePath PathOf(const ast::Name& name);
NamePath PathOf(const ast::Ref& ref);
// Nothing when the value is no name.
std::optional<NamePath> PathOf(const ast::Value& value);

// A set of kinds, with the words for a message. Example: "a duty or a group".
struct Wanted {
  EntityKinds kinds;
  std::string_view noun;
};
constexpr EntityKinds Bit(EntityKind kind) { return EntityKinds{1} << static_cast<uint32_t>(kind); }
inline constexpr Wanted kScale{Bit(EntityKind::Scale), "a scale"};
inline constexpr Wanted kDuty{Bit(EntityKind::Duty), "a duty"};
inline constexpr Wanted kDutyOrGroup{Bit(EntityKind::Duty) | Bit(EntityKind::Group), "a duty or a group"};
inline constexpr Wanted kDutyOrRole{Bit(EntityKind::Duty) | Bit(EntityKind::Role), "a duty or a role"};
inline constexpr Wanted kGroup{Bit(EntityKind::Group), "a group"};
// What has no hands of its own: somebody acts as it, or it acts alone.
inline constexpr Wanted kMachine{Bit(EntityKind::Service) | Bit(EntityKind::Tool) | Bit(EntityKind::Agent),
                                 "a service, a tool or an agent"};
inline constexpr Wanted kActor{Bit(EntityKind::Person) | Bit(EntityKind::Team) | Bit(EntityKind::External) | kMachine.kinds,
                               "a person, a team, an external or a service"};
inline constexpr Wanted kSystem{Bit(EntityKind::System), "a system"};
inline constexpr Wanted kRole{Bit(EntityKind::Role), "a role"};
inline constexpr Wanted kControl{Bit(EntityKind::Control), "a control"};
inline constexpr Wanted kFramework{Bit(EntityKind::Framework), "a framework"};
inline constexpr Wanted kScope{Bit(EntityKind::Scope), "a scope"};
inline constexpr Wanted kAnything{~EntityKinds{0}, "a declared name"};

std::string_view NounOf(EntityKind kind);        // "a duty"
Span NameSpan(const Symbol& symbol);

// The symbol, or null without any report: unknown, or ambiguous.
const Symbol* Lookup(const Context& context, ModuleIndex module, const NamePath& path);

// The symbol of a wanted kind; otherwise reports (an unknown name once for all
// its places) and returns null.
const Symbol* Resolve(Context& context, ModuleIndex module, const NamePath& path, const Wanted& wanted);

// Remembers a name that is not declared; it is reported once for all its places.
void RecordUnknown(Context& context, ModuleIndex module, const NamePath& path, EntityKinds kinds);

// The row of a resolved symbol, or an id that is none.
template <typename Row>
Id<Row> ResolveTo(Context& context, ModuleIndex module, const NamePath& path, const Wanted& wanted) {
  const Symbol* symbol = Resolve(context, module, path, wanted);
  return symbol == nullptr ? Id<Row>{} : Id<Row>{symbol->index};
}

// The module of `all from std.it`, or nothing after a report.
std::optional<ModuleIndex> ResolveModule(Context& context, const NamePath& path);

}  // namespace sodc::sema

#endif  // SODC_SEMA_NAMES_H_
