#include "compiler/ast/ast.h"

namespace sodc::ast {
namespace {

constexpr std::string_view kAttributeSpellings[] = {
#define SODC_ATTRIBUTE(Name, Spelling) Spelling,
#include "compiler/ast/attributes.def"
};

constexpr std::string_view kDeclarationSpellings[] = {
#define SODC_DECLARATION(Name, Spelling) Spelling,
#include "compiler/ast/declarations.def"
};

}  // namespace

std::string Ref::Joined() const {
  std::string joined;
  for (const Name& part : parts) {
    if (!joined.empty()) joined += '.';
    joined += part.text;
  }
  return joined;
}

std::string_view Spelling(AttributeKind kind) {
  return kAttributeSpellings[static_cast<size_t>(kind)];
}

std::string_view Spelling(DeclarationKind kind) {
  return kDeclarationSpellings[static_cast<size_t>(kind)];
}

}  // namespace sodc::ast
