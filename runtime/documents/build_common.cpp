// Pieces that several views and documents share.
#include <array>

#include "runtime/documents/build.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

struct ColumnInfo {
  format::TableSource source;
  std::string_view key;
  std::string_view title;
  bool is_default;
};
constexpr ColumnInfo kColumns[] = {
#define SOD_DEFAULT_COLUMN(source, key, title) {format::TableSource::source, key, title, true},
#define SOD_COLUMN(source, key, title) {format::TableSource::source, key, title, false},
#include "runtime/format/columns.def"
};

void AddField(std::vector<Field>& fields, std::string_view label, std::string_view text) {
  if (!text.empty()) fields.push_back({std::string(label), std::string(text)});
}

void AddActor(const Facts& facts, std::vector<Field>& fields, std::string_view label, uint32_t actor) {
  if (actor != kNone) AddField(fields, label, ActorName(facts, actor));
}

std::string References(const Facts& facts) {
  const format::MetaRecord& meta = facts.meta();
  std::string out;
  for (const auto& reference : Slice(facts.MetaReferences, meta.references_first, meta.references_count)) {
    if (!out.empty()) out += "; ";
    out += facts.Text(reference.text);
  }
  return out;
}

}  // namespace

std::vector<ColumnChoice> DefaultColumns(format::TableSource source) {
  std::vector<ColumnChoice> out;
  for (const ColumnInfo& column : kColumns) {
    if (column.source == source && column.is_default) {
      out.push_back({std::string(column.key), std::string(column.title)});
    }
  }
  return out;
}

std::string_view DefaultTitle(format::TableSource source, std::string_view key) {
  for (const ColumnInfo& column : kColumns) {
    if (column.source == source && column.key == key) return column.title;
  }
  return {};
}

std::vector<Column> TitledColumns(const std::vector<ColumnChoice>& choices, std::string_view row_header) {
  std::vector<Column> out;
  bool has_header = false;
  for (const ColumnChoice& choice : choices) {
    Column column{choice.key, choice.title};
    if (column.title.empty()) column.title = column.key;
    column.is_row_header = !has_header && choice.key == row_header;
    has_header |= column.is_row_header;
    out.push_back(std::move(column));
  }
  if (!has_header && !out.empty()) out[0].is_row_header = true;  // every row needs a name
  return out;
}

Tree StartView(const Facts& facts, std::string_view kind, std::string_view subtitle) {
  const format::MetaRecord& meta = facts.meta();
  Tree tree;
  tree.kind = kind;
  tree.name = facts.Text(meta.name);
  tree.organization = facts.Text(meta.organization_legal != 0 ? meta.organization_legal : meta.organization);
  tree.title = facts.TitleOf(meta);
  tree.subtitle = subtitle;
  AddField(tree.metadata, "As of", DateOf(facts.as_of, format::DateStyle::Iso, facts.time_zone()));
  AddField(tree.metadata, "Revision", std::to_string(meta.revision));
  AddField(tree.metadata, "Version", facts.Text(meta.version));
  AddField(tree.metadata, "Classification", facts.Text(meta.classification));
  AddActor(facts, tree.metadata, "Owner", meta.owner);
  AddActor(facts, tree.metadata, "Author", meta.author);
  AddActor(facts, tree.metadata, "Approver", meta.approver);
  AddField(tree.metadata, "References", References(facts));
  AddProvenance(facts, tree);
  return tree;
}

void AddProvenance(const Facts& facts, Tree& tree) {
  const format::MetaRecord& meta = facts.meta();
  std::string policy(facts.TitleOf(meta));
  if (meta.title != 0 && meta.title != meta.name) policy += " (" + std::string(facts.Text(meta.name)) + ")";
  tree.footer = {{"Policy", policy},
                 {"Revision", std::to_string(meta.revision)},
                 {"As of", DateOf(facts.as_of, format::DateStyle::Iso, facts.time_zone())},
                 {"Table SHA-256", facts.table_sha256}};
  AddField(tree.footer, "Made by", facts.tool_version);
  tree.footer_note = "Compensating controls are listed as declared; which of them count depends on the person and the day, and verdicts say so.";
  tree.running_line = tree.title + " · revision " + std::to_string(meta.revision) + " · as of " +
                      DateOf(facts.as_of, format::DateStyle::Iso, facts.time_zone()) + " · table " + facts.table_sha256.substr(0, 16);
}

Block SignOff(const Facts& facts) {
  Fields fields;
  fields.fields.push_back({"Reviewed by", "", /*is_blank=*/true});
  const uint32_t approver = facts.meta().approver;
  if (approver == kNone) {
    fields.fields.push_back({"Approved by", "", /*is_blank=*/true});
  } else {
    fields.fields.push_back({"Approver", ActorName(facts, approver)});
    fields.fields.push_back({"Signature", "", /*is_blank=*/true});
  }
  fields.fields.push_back({"Date", "", /*is_blank=*/true});
  return Block{Section{"Sign-off", {Block{std::move(fields)}}}};
}

// Highest first: the member that matters most is read first.
Legend BuildLegend(const Facts& facts, uint32_t scale) {
  const format::ScaleRecord& record = facts.Scales[scale];
  Legend legend;
  legend.title = facts.TitleOf(record);
  const auto members = Slice(facts.ScaleMembers, record.members_first, record.members_count);
  for (size_t i = members.size(); i-- > 0;) {
    const format::ScaleMemberRecord& member = members[i];
    const uint32_t wording = member.shown != 0 ? member.shown : member.title != 0 ? member.title : member.name;
    // Risk cells print words alone, so their legend does too.
    const std::string_view symbol =
        record.measures == format::ScaleMeasures::Risk ? std::string_view() : facts.Text(member.symbol);
    legend.entries.push_back({symbol, facts.Text(wording), facts.Text(member.definition)});
  }
  return legend;
}

std::string NameOf(const Holder& holder) {
  std::string name = holder.title;
  if (holder.is_vacant) return name + " (vacant)";
  switch (holder.kind) {
    case SubjectKind::Team:
      return name + " (team)";
    case SubjectKind::External:
      return name + " (external)";
    case SubjectKind::Account:
      return "account " + name + " (no owner)";
    case SubjectKind::Service:
      return name + " (service)";
    case SubjectKind::Tool:
      return name + " (tool)";
    case SubjectKind::Agent:
      return name + " (agent)";
    case SubjectKind::Person:
    case SubjectKind::Role:
    case SubjectKind::Anonymous:
      break;
  }
  return holder.is_complete ? name : name + " (incomplete)";
}

std::string ActorName(const Facts& facts, uint32_t actor) {
  const format::ActorRecord& record = facts.Actors[actor];
  std::string name(facts.TitleOf(record));
  if (record.is_vacant != 0) name += " (vacant)";
  if (record.kind == format::ActorKind::External) name += " (external)";
  return name;
}

std::string_view WordFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::Denied:
      return "Denied";
    case Verdict::NotEvaluable:
      return "Cannot be judged";
    case Verdict::NeedsApproval:
      return "Needs approval";
    case Verdict::Warned:
      return "Warned";
    case Verdict::Observed:
      return "Observed";
    case Verdict::Waived:
      return "Waived";
    case Verdict::Mitigated:
      return "Mitigated";
    case Verdict::Clear:
      return "Clear";
  }
  return "Denied";
}

std::string ValidityOf(const Facts& facts, Instant from, Instant until, format::DateStyle style) {
  std::string out;
  if (from != kBeginningOfTime) out = "from " + DateOf(from, style, facts.time_zone());
  if (until != kEndOfTime) out += (out.empty() ? "" : " ") + EndInWords(until, style, facts.time_zone());
  return out;
}

Cell ClauseCell(const Facts& facts, std::span<const format::ClauseRefRecord> clauses) {
  if (clauses.empty()) return AbsentCell("none");
  Cell cell;
  cell.is_list = true;
  for (const format::ClauseRefRecord& ref : clauses) {
    const format::ClauseRecord& clause = facts.Clauses[ref.clause];
    std::string text(facts.TitleOf(facts.Frameworks[clause.framework]));
    text.append(" ").append(facts.Text(clause.id));
    cell.lines.push_back({std::move(text)});
  }
  return cell;
}

Cell ActorsCell(const Facts& facts, std::span<const format::ActorRefRecord> actors, std::string_view meaning) {
  if (actors.empty()) return AbsentCell(meaning);
  Cell cell;
  for (const format::ActorRefRecord& ref : actors) cell.lines.push_back({ActorName(facts, ref.actor)});
  return cell;
}

Cell TextOrAbsent(std::string_view text, std::string_view meaning) {
  return text.empty() ? AbsentCell(meaning) : TextCell(std::string(text));
}

}  // namespace sod::documents
