// What the passes share: the inputs, the model under construction and the names.
// Private to compiler/sema.
#ifndef SODC_SEMA_CONTEXT_H_
#define SODC_SEMA_CONTEXT_H_

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/load/program.h"
#include "compiler/model/model.h"
#include "compiler/sema/causes.h"
#include "compiler/sema/check.h"

namespace sodc::sema {

using ModuleIndex = uint32_t;

enum class EntityKind : uint8_t {
  Scale, Duty, Group, Person, Team, External, System, Role, Conflict, Control, Framework, Document,
  Scope, Entitlement, Service, Tool, Agent,
  // Provisions: rows of Model::provisions (provisions.h).
  Object, Unit, Process, Waiver, Exemption, Grandfather, Emergency, Activation, Plan, Review, Assessment, Remediation,
  Fact, Switch, OwnAttribute, Enforcement,
};
using EntityKinds = uint64_t;  // a set of kinds

// A declared name. `index` is its row in the model's store of its kind; a
// conflict has none until its rule is made.
struct Symbol {
  EntityKind kind;
  ModuleIndex module = 0;
  const ast::Declaration* declaration = nullptr;
  uint32_t index = UINT32_MAX;
};

// Drops what is reported while a damaged declaration is looked at: the parser
// has complained about it already.
class MutingSink : public Sink {
 public:
  explicit MutingSink(Sink& out) : out_(out) {}
  void Handle(Diagnostic diagnostic) override {
    if (is_muted) return;
    has_error |= diagnostic.severity == Severity::Error;
    out_.Handle(std::move(diagnostic));
  }
  bool is_muted = false;
  bool has_error = false;  // of what was handed on

 private:
  Sink& out_;
};

// Names that were wanted and not found, each with every place.
struct UnknownName {
  std::string text;
  ModuleIndex module;
  EntityKinds wanted_kinds;
  std::vector<Span> places;
  std::vector<std::string> not_meant;  // what stands on the other side already
};

// How an entitlement was written and what it is used for, by its row (entitlements.h).
struct EntitlementFacts {
  std::vector<const ast::Condition*> where;  // `only where …` of its declaration
  model::EntitlementId narrowed;             // `grants e with …`: the one that is narrowed by fields
  bool is_demanded = false;                  // something waits for it: a conflict, a duty, another entitlement
  bool is_granted = false;                   // by a role, an assignment or a delegation
  Span use;                                  // where it was demanded first; none: as another name alone
  std::vector<FileId> users;                 // files that demand it, grant it or hold it, each once
};

struct Names {
  std::vector<Symbol> symbols;                                          // order of the passes
  std::vector<std::unordered_map<std::string_view, uint32_t>> by_module;  // name → symbol
  std::unordered_map<std::string_view, uint32_t> own;                   // over all own modules
  std::unordered_map<const ast::Declaration*, uint32_t> by_declaration;
  std::unordered_map<std::string, ModuleIndex> modules;                 // `std.it` → module
  bool has_duplicates = false;                                          // some name is declared twice
  std::unordered_set<std::string_view> unreadable;  // declared by text that could not be read
  std::vector<UnknownName> unknown;
  std::string not_meant;  // by the names that are looked at now
  std::unordered_map<std::string, size_t> unknown_by_text;
};

struct Context {
  Context(const Program& program_in, const SourceManager& sources_in, const CheckOptions& options_in, Sink& out)
      : program(program_in), sources(sources_in), options(options_in), sink(out) {}

  const Program& program;
  const SourceManager& sources;
  const CheckOptions& options;
  MutingSink sink;
  Causes causes;
  model::Model model;

  // Reports once for all places that share the cause.
  void ReportOnce(const std::string& cause, DiagnosticBuilder diagnostic) {
    if (!sink.is_muted) causes.Report(cause, std::move(diagnostic));
  }

  std::vector<ModuleIndex> order;  // the policy's own modules, then the standard library's
  Names names;
  bool has_lost_text = false;      // some declaration may be missing: unknown names prove nothing
  const ast::Declaration* policy = nullptr;
  ModuleIndex policy_module = 0;

  // What a broken declaration left behind on its line (`conflict role with ⏎admin role x {`):
  // declared, and never complained about.
  std::unordered_set<const ast::Declaration*> debris;
  bool IsDamaged(const ast::Declaration& declaration) const {
    return declaration.is_damaged || debris.count(&declaration) != 0;
  }

  // Rows whose contents are not all known, because of damage or an earlier error.
  std::unordered_set<uint32_t> incomplete_groups, incomplete_scales, incomplete_frameworks, incomplete_scopes, incomplete_roles;

  std::vector<model::Being> beings;  // relations to objects that sets name, each once

  std::vector<const Symbol*> duty_symbols;  // by row; filled when first asked for (applicability.cpp)

  // Provisions that are declarations of their own, and back.
  std::unordered_map<const ast::Declaration*, model::ProvisionId> provision_of;
  std::unordered_map<uint32_t, const ast::Declaration*> provision_declarations;

  // Rules that an amendment or a `disable` changed, by row: by which declaration, and what they were.
  struct Change {
    const ast::Declaration* declaration;
    model::Conflict before;
  };
  std::map<uint32_t, Change> changes;
  std::map<uint32_t, const ast::Attribute*> stated_modes;  // rule: the statement of its mode, if that has a condition

  uint64_t set_members = 0;  // expanded so far

  std::vector<EntitlementFacts> entitlement_facts;

  // Lookups that several passes need.
  std::unordered_map<std::string, uint32_t> raw_entitlements;  // by their unique names
  std::unordered_map<std::string, uint32_t> clauses;  // framework row, NUL, id → clause
  std::unordered_map<std::string, uint32_t> conflicts_by_name;
  std::unordered_map<std::string, model::ActorId> actors_known_as;  // `known in`, by system row, `/`, folded name
  std::unordered_map<std::string, std::string> accounts;  // system row, `/`, folded identifier → as first written
  std::unordered_map<std::string, uint32_t> scope_values;  // dimension row, `/`, name → node
  std::unordered_map<std::string, uint32_t> members;  // by what the scale measures, and by the scale itself (scales.cpp)
};

// Runs `visit(symbol)` for every declaration of the kinds, damaged ones muted.
template <typename Visit>
void ForEachSymbol(Context& context, std::initializer_list<EntityKind> kinds, Visit visit) {
  for (size_t i = 0; i < context.names.symbols.size(); ++i) {
    Symbol& symbol = context.names.symbols[i];
    bool is_wanted = false;
    for (EntityKind kind : kinds) is_wanted |= symbol.kind == kind;
    if (!is_wanted) continue;
    context.sink.is_muted = context.IsDamaged(*symbol.declaration);
    visit(symbol);
  }
  context.sink.is_muted = false;
}

// Runs `visit(declaration, module)` for every declaration, in the order of the passes.
template <typename Visit>
void ForEachDeclaration(Context& context, Visit visit) {
  for (ModuleIndex module : context.order) {
    for (const ast::Declaration& declaration : context.program.modules[module].file.declarations) {
      context.sink.is_muted = context.IsDamaged(declaration);
      visit(declaration, module);
    }
  }
  context.sink.is_muted = false;
}

}  // namespace sodc::sema

#endif  // SODC_SEMA_CONTEXT_H_
