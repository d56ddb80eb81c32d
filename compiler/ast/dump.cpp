#include "compiler/ast/dump.h"

#include <ostream>

namespace sodc::ast {
namespace {

class Dumper {
 public:
  explicit Dumper(std::ostream& out) : out_(out) {}

  void Write(const Declaration& declaration) {
    out_ << '(' << Spelling(declaration.kind);
    if (declaration.is_damaged) out_ << " damaged";
    WriteHeader(declaration);
    for (const Side& side : declaration.sides) WriteAfterSpace(side);
    for (const Side& target : declaration.targets) WriteAfterSpace(target);
    if (!declaration.doc.empty()) {
      out_ << " (doc ";
      WriteQuoted(declaration.doc);
      out_ << ')';
    }
    for (const Attribute& attribute : declaration.attributes) WriteAttribute(attribute);
    out_ << ')';
  }

 private:
  void WriteHeader(const Declaration& declaration) {
    if (!declaration.name.text.empty()) WriteAfterSpace(declaration.name);
    if (declaration.path) WriteAfterSpace(*declaration.path);
    if (declaration.import_file) WriteAfterSpace(*declaration.import_file);
    if (declaration.subject) WriteAfterSpace(*declaration.subject);
    if (declaration.subject_account) WriteAfterSpace(*declaration.subject_account);
    if (declaration.title) WriteAfterSpace(*declaration.title);
    if (declaration.is_position) out_ << " position";
    if (declaration.is_vacant) out_ << " vacant";
    if (declaration.limit) out_ << " at-most " << declaration.limit->value;
  }

  template <typename Item>
  void WriteAfterSpace(const Item& item) {
    out_ << ' ';
    Write(item);
  }

  void WriteAttribute(const Attribute& attribute) {
    out_ << " (" << Spelling(attribute.kind);
    for (const Value& value : attribute.values) {
      out_ << ' ';
      std::visit([this](const auto& item) { Write(item); }, value);
    }
    for (const Attribute& nested : attribute.nested) WriteAttribute(nested);
    out_ << ')';
  }

  void WriteQuoted(std::string_view text) {
    out_ << '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') out_ << '\\';
      if (c == '\n') {
        out_ << "\\n";
      } else {
        out_ << c;
      }
    }
    out_ << '"';
  }

  void Write(const Name& name) {
    if (name.is_quoted) {
      out_ << '`' << name.text << '`';
    } else {
      out_ << name.text;
    }
  }
  void Write(const Ref& ref) {
    for (size_t i = 0; i < ref.parts.size(); ++i) {
      if (i > 0) out_ << '.';
      Write(ref.parts[i]);
    }
  }
  void Write(const Text& text) { WriteQuoted(text.value); }
  void Write(const Integer& integer) {
    out_ << integer.value;
    if (integer.decimals > 0) out_ << 'e' << '-' << int{integer.decimals};
  }
  void Write(const Money& money) {
    Write(money.amount);
    WriteAfterSpace(money.currency);
  }
  template <typename T>
  void Write(const Box<T>& box) {
    Write(*box);
  }

  void Write(const Condition& condition) {
    if (condition.kind != Condition::Kind::Test) {
      constexpr std::string_view kWords[] = {"or", "and", "not"};
      out_ << '(' << kWords[static_cast<size_t>(condition.kind)];
      for (const Condition& operand : condition.operands) WriteAfterSpace(operand);
      out_ << ')';
      return;
    }
    constexpr std::string_view kTests[] = {"is", "is-not", "is-unknown", "in", "at-least", "at-most",
                                           "above", "below", "within", "holds"};
    out_ << '(' << kTests[static_cast<size_t>(condition.test)] << ' ';
    Write(condition.subject);
    for (const auto& value : condition.values) {
      out_ << ' ';
      std::visit([this](const auto& item) { Write(item); }, value);
    }
    out_ << ')';
  }
  void Write(const DateLiteral& date) { out_ << date.spelling; }
  void Write(const Duration& duration) {
    constexpr std::string_view kUnits[] = {"h", "d", "w", "mo", "y"};
    out_ << duration.count << kUnits[static_cast<size_t>(duration.unit)];
  }

  void Write(const SetExpression& set) {
    switch (set.kind) {
      case SetExpression::Kind::Name: return Write(*set.ref);
      case SetExpression::Kind::All:
        out_ << "all";
        if (set.ref) {
          out_ << " from ";
          Write(*set.ref);
        }
        return;
      case SetExpression::Kind::Union:
        out_ << '{';
        for (size_t i = 0; i < set.operands.size(); ++i) {
          if (i > 0) out_ << ' ';
          Write(set.operands[i]);
        }
        out_ << '}';
        return;
      case SetExpression::Kind::AllRoles:
        out_ << "all-roles";
        if (set.ref) WriteAfterSpace(*set.ref);
        return;
      case SetExpression::Kind::Role: return WriteWord("role ", set);
      case SetExpression::Kind::DutiesOf: return WriteWord("duties-of ", set);
      case SetExpression::Kind::Entitlement:
        WriteWord("entitlement ", set);
        if (set.text) WriteAfterSpace(*set.text);
        return;
      case SetExpression::Kind::Being:
        out_ << "being ";
        Write(*set.filter);
        return WriteWord(" of ", set);
      case SetExpression::Kind::Roles:
        out_ << "{roles";
        for (const SetExpression& operand : set.operands) WriteAfterSpace(*operand.ref);
        out_ << '}';
        return;
      case SetExpression::Kind::Except:
      case SetExpression::Kind::Where: return WriteOperation(set);
    }
  }

  void WriteWord(std::string_view word, const SetExpression& set) {
    out_ << word;
    Write(*set.ref);
  }

  void WriteOperation(const SetExpression& set) {
    const bool is_where = set.kind == SetExpression::Kind::Where;
    out_ << (is_where ? "(where" : "(except");
    for (const SetExpression& operand : set.operands) WriteAfterSpace(operand);
    if (is_where) {
      WriteAfterSpace(*set.filter);
      WriteAfterSpace(*set.filter_value);
    }
    out_ << ')';
  }

  void Write(const Side& side) {
    constexpr std::string_view kQuantifiers[] = {"", "any ", "all ", "each "};
    out_ << '[' << (side.is_direct ? "directly " : "") << (side.is_role ? "role " : "") << kQuantifiers[static_cast<size_t>(side.quantifier)];
    Write(side.set);
    if (side.level) {
      out_ << " at ";
      Write(*side.level);
    }
    if (side.capacity) {
      out_ << " as ";
      Write(*side.capacity);
    }
    out_ << ']';
  }

  std::ostream& out_;
};

}  // namespace

void Dump(const Declaration& declaration, std::ostream& out) { Dumper(out).Write(declaration); }

void Dump(const File& file, std::ostream& out) {
  for (const Declaration& declaration : file.declarations) {
    Dump(declaration, out);
    out << '\n';
  }
}

}  // namespace sodc::ast
