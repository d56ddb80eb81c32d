// `known in directory as "0b1f…"`: what other systems call a declared thing (second-ring E29).
#include <map>

#include "compiler/sema/entitlements.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/same_name.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using Named = decltype(model::ForeignId::of);

// A system may call a role and a person alike; two roles, or two actors of whatever kind, never.
enum class NameSpace : uint8_t { Duties, Groups, Roles, Actors, Entitlements };

struct Place {
  Named of;
  std::string noun;  // role `clerk`
  std::string text;
  Span span;
};

struct Stated {
  uint32_t system = 0;
  NameSpace space = NameSpace::Actors;
  std::string folded;
  auto operator<=>(const Stated&) const = default;
};

NameSpace SpaceOf(EntityKind kind) {
  switch (kind) {
    case EntityKind::Duty: return NameSpace::Duties;
    case EntityKind::Group: return NameSpace::Groups;
    case EntityKind::Role: return NameSpace::Roles;
    case EntityKind::Entitlement: return NameSpace::Entitlements;
    default: return NameSpace::Actors;
  }
}

Named NamedOf(NameSpace space, uint32_t index) {
  switch (space) {
    case NameSpace::Duties: return model::DutyId{index};
    case NameSpace::Groups: return model::GroupId{index};
    case NameSpace::Roles: return model::RoleId{index};
    case NameSpace::Entitlements: return model::EntitlementId{index};
    case NameSpace::Actors: break;
  }
  return model::ActorId{index};
}

class ForeignIds {
 public:
  explicit ForeignIds(Context& context) : context_(context) {
    for (size_t i = 0; i < context.model.actors.size(); ++i) {
      const model::ActorId id = context.model.actors.IdAt(i);
      const model::Actor& actor = context.model.actors[id];
      for (const model::Account& account : actor.accounts) {
        const std::string noun = "account of `" + actor.common.name + "`";
        places_.try_emplace(KeyOf(account.system, NameSpace::Actors, account.identifier),
                            Place{id, noun, account.identifier, account.span});
      }
    }
  }

  void Visit(const Symbol& symbol) {
    for (const ast::Attribute& attribute : symbol.declaration->attributes) {
      if (attribute.kind == AttributeKind::KnownIn) Read(symbol, attribute);
    }
  }

  // As systems list their names, whatever the order of the declarations.
  void Finish() {
    for (auto& [key, id] : found_) {
      if (const auto* actor = std::get_if<model::ActorId>(&id.of)) {
        context_.actors_known_as.emplace(AccountKey(context_, id.system, id.id), *actor);
      }
      context_.model.foreign_ids.push_back(std::move(id));
    }
  }

 private:
  Stated KeyOf(model::SystemId system, NameSpace space, std::string_view text) const {
    return {system.index, space, FoldedName(context_.model.systems[system], text)};
  }

  void Read(const Symbol& symbol, const ast::Attribute& attribute) {
    const auto path = FirstPath(&attribute);
    if (!path) return;
    const auto system = ResolveTo<model::System>(context_, symbol.module, *path, kSystem);
    if (!system.is_valid()) return;
    for (const ast::Value& value : attribute.values) {
      if (const auto* text = std::get_if<ast::Text>(&value)) Add(symbol, system, *path, *text);
    }
  }

  void Add(const Symbol& symbol, model::SystemId system, const NamePath& path, const ast::Text& text) {
    const NameSpace space = SpaceOf(symbol.kind);
    const Named of = NamedOf(space, symbol.index);
    const std::string noun = std::string(ast::Spelling(symbol.declaration->kind)) + " `" + symbol.declaration->name.text + "`";
    const Stated key = KeyOf(system, space, text.value);
    const auto [place, is_new] = places_.try_emplace(key, Place{of, noun, text.value, text.span});
    if (!is_new) return Report(place->second, of, text, path);
    found_.emplace(key, model::ForeignId{system, text.value, of, text.span});
    if (space == NameSpace::Entitlements) AddAsPermission(symbol, path, text);
  }

  // Whoever holds the permission of that name holds the entitlement; patterns there may stand for it.
  void AddAsPermission(const Symbol& symbol, const NamePath& path, const ast::Text& text) {
    const model::EntitlementId permission =
        ResolveEntitlement(context_, symbol.module, path, &text, EntitlementUse::OtherName);
    if (!permission.is_valid()) return;
    model::HoldingExpression source;
    source.entitlement = permission;
    context_.model.derivations.push_back({model::EntitlementId{symbol.index}, std::move(source), text.span});
  }

  void Report(const Place& first, const Named& of, const ast::Text& text, const NamePath& path) {
    const bool is_same = first.of == of;
    auto diagnostic = first.text == text.value
                          ? Diagnose<DiagKind::ForeignIdTaken>(text.span, text.value, path.Joined(), first.noun)
                          : Diagnose<DiagKind::NamesFoldTogether>(text.span, text.value, first.text, path.Joined());
    std::move(diagnostic)
        .Label(first.span, first.text == text.value ? "stated here" : "the other one")
        .Help(is_same ? "once is enough" : "a name of a system stands for one thing; take it away from the other")
        .To(context_.sink);
  }

  Context& context_;
  std::map<Stated, Place> places_;
  std::map<Stated, model::ForeignId> found_;
};

}  // namespace

void ResolveForeignIds(Context& context) {
  ForeignIds ids(context);
  ForEachSymbol(context,
                {EntityKind::Duty, EntityKind::Group, EntityKind::Role, EntityKind::Person, EntityKind::Team, EntityKind::External,
                 EntityKind::Service, EntityKind::Tool, EntityKind::Agent, EntityKind::Entitlement},
                [&](const Symbol& symbol) { ids.Visit(symbol); });
  ids.Finish();
}

}  // namespace sodc::sema
