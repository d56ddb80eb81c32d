// Accounts: each belongs to one actor, or says at each of its users that it is shared.
#include "compiler/sema/passes.h"
#include "compiler/sema/same_name.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

// `eric@h33.ai` and `H33\eric` are `eric`; a name that is nothing but a domain stays.
std::string_view WithoutDomain(std::string_view name) {
  if (const size_t slash = name.rfind('\\'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (const size_t at = name.find('@'); at != std::string_view::npos && at != 0) name = name.substr(0, at);
  return name;
}

struct StatedAccount {
  uint32_t actor = 0;
  std::string identifier;
  Span span;
  bool is_shared = false;
};
using StatedAccounts = std::unordered_map<std::string, StatedAccount>;

// One account of two actors, of which one at least does not say so.
void ReportOwnedTwice(Context& context, const StatedAccount& first, const StatedAccount& second, const std::string& system) {
  const std::string& owner = context.model.actors[model::ActorId{first.actor}].common.name;
  auto diagnostic = Diagnose<DiagKind::AccountOwnedTwice>(second.span, second.identifier, system, owner)
                        .Label(first.span, "stated here");
  if (first.actor == second.actor) return std::move(diagnostic).Help("once is enough").To(context.sink);
  for (const StatedAccount* account : {&first, &second}) {
    if (account->is_shared) continue;
    diagnostic = std::move(diagnostic).Fix(Span{account->span.file, account->span.end, account->span.end}, " shared");
  }
  std::move(diagnostic)
      .Help("an account has one owner; when several people use it, write `shared` behind it at each of them")
      .To(context.sink);
}

void ReportFolded(Context& context, const StatedAccount& first, const StatedAccount& second, const std::string& system) {
  Diagnose<DiagKind::NamesFoldTogether>(second.span, second.identifier, first.identifier, system)
      .Label(first.span, "the other one")
      .Help("spell the account in one way")
      .To(context.sink);
}

void AddAccount(Context& context, const Symbol& symbol, const ast::Attribute& attribute, StatedAccounts& stated) {
  const auto path = FirstPath(&attribute);
  const ast::Text* identifier = FirstText(attribute);
  if (!path || identifier == nullptr) return;
  const auto system = ResolveTo<model::System>(context, symbol.module, *path, kSystem);
  if (!system.is_valid()) return;
  const bool is_shared = Find(attribute.nested, AttributeKind::Shared) != nullptr;
  const StatedAccount account{symbol.index, identifier->value, attribute.span, is_shared};
  const std::string key = AccountKey(context, system, identifier->value);
  const auto [it, is_new] = stated.try_emplace(key, account);
  context.accounts.try_emplace(key, identifier->value);
  if (!is_new) {
    const StatedAccount& first = it->second;
    if (first.actor == account.actor || !first.is_shared || !is_shared) {
      return ReportOwnedTwice(context, first, account, path->Joined());
    }
    if (first.identifier != account.identifier) return ReportFolded(context, first, account, path->Joined());
  }
  context.model.actors[model::ActorId{symbol.index}].accounts.push_back(
      {system, identifier->value, attribute.span, is_shared});
}

}  // namespace

std::string FoldedName(const model::System& system, std::string_view name) {
  std::string folded(system.strips_domain ? WithoutDomain(name) : name);
  if (!system.ignores_case) return folded;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string AccountKey(const Context& context, model::SystemId system, std::string_view identifier) {
  return std::to_string(system.index) + '/' + FoldedName(context.model.systems[system], identifier);
}

std::string AccountAsDeclared(Context& context, model::SystemId system, const std::string& identifier) {
  return context.accounts.try_emplace(AccountKey(context, system, identifier), identifier).first->second;
}

void ResolveAccounts(Context& context) {
  StatedAccounts stated;
  ForEachSymbol(context, {EntityKind::Person, EntityKind::Team, EntityKind::External, EntityKind::Service, EntityKind::Tool, EntityKind::Agent},
                [&](const Symbol& symbol) {
                  for (const ast::Attribute& attribute : symbol.declaration->attributes) {
                    if (attribute.kind == AttributeKind::Account) AddAccount(context, symbol, attribute, stated);
                  }
                });
}

}  // namespace sodc::sema
