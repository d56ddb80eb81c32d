#include "runtime/documents/hits.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

namespace {

using Rows = std::vector<uint32_t>;  // of Facts::holders

// A text, and for whom it is so; in the order of the table's people, texts as they come first.
class Shares {
 public:
  void Add(std::string text, std::string note, uint32_t holder) {
    const auto found = std::ranges::find_if(shares_, [&](const Share& share) { return share.text == text && share.note == note; });
    Share& share = found == shares_.end() ? shares_.emplace_back(std::move(text), std::move(note), Rows{}) : *found;
    if (share.holders.empty() || share.holders.back() != holder) share.holders.push_back(holder);
  }

  // Names stand behind a text only where it is not so for everybody who has the conflict.
  Cell Finish(const Facts& facts, size_t everybody) const {
    Cell cell;
    for (const Share& share : shares_) {
      cell.lines.push_back({share.text});
      if (!share.note.empty()) cell.lines.push_back({.text = share.note, .is_note = true});
      if (share.holders.size() == everybody) continue;
      std::string names = "for ";
      for (const uint32_t holder : share.holders) names.append(names.size() > 4 ? ", " : "").append(NameOf(facts.holders[holder]));
      cell.lines.push_back({.text = std::move(names), .is_note = true});
    }
    return cell;
  }

 private:
  struct Share {
    std::string text, note;
    Rows holders;
  };
  std::vector<Share> shares_;
};

// "no_performer" as words.
std::string WordsOf(std::string_view spelling) {
  std::string words(spelling);
  std::ranges::replace(words, '_', ' ');
  return words;
}

// Short, for brackets; the answer to a query says who and by which way.
std::string WordsOf(const JudgedHit::OneControl& control) {
  switch (control.reason) {
    case Rejection::NoClass: return "neither prevents nor finds";
    case Rejection::NoPerformer: return "nobody is named who does it";
    case Rejection::Vacant: return "a vacant post does it";
    case Rejection::PerformerIsSubject: return "done by the same person";
    case Rejection::ReviewerIsSubject: return "reviewed by the same person";
    case Rejection::AdministratorUnknown: return control.is_run_by_nothing ? "not said what runs it" : "administrator not named";
    case Rejection::AdministratorIsSubject: return "administered by the same person";
    case Rejection::RecipientUnknown: return "recipient not named";
    case Rejection::RecipientIsSubject: return "told to the same person alone";
    case Rejection::OperatorIsSubject: return "operated by the same person";
    case Rejection::NoEvidence: return "no record proves it";
    case Rejection::EvidenceStale: return "its record is too old";
    default: return WordsOf(SpellingOf(control.reason));  // planned, failed, not in force
  }
}

std::string LevelOf(const Facts& facts, uint32_t member) {
  if (member == kNone) return "not rated";
  const format::ScaleMemberRecord& record = facts.ScaleMembers[member];
  return std::string(record.shown != 0 ? facts.Text(record.shown) : facts.TitleOf(record));
}

Cell ResidualCell(const Facts& facts, const std::vector<JudgedHit>& hits) {
  Shares shares;
  uint32_t worst = kNone;
  std::vector<uint32_t> members;
  for (const JudgedHit& hit : hits) {
    shares.Add(LevelOf(facts, hit.residual), "", hit.holder);
    if (hit.residual == kNone) continue;
    if (std::ranges::find(members, hit.residual) == members.end()) members.push_back(hit.residual);
    if (worst == kNone || facts.ScaleMembers[hit.residual].rank > facts.ScaleMembers[worst].rank) worst = hit.residual;
  }
  Cell cell = shares.Finish(facts, hits.size());
  cell.members = std::move(members);
  if (worst != kNone) {
    const format::ScaleMemberRecord& member = facts.ScaleMembers[worst];
    cell.tone = ToneOf(member.rank, facts.Scales[member.scale].members_count - 1);
  }
  return cell;
}

Cell DispositionCell(const Facts& facts, const std::vector<JudgedHit>& hits) {
  Shares shares;
  for (const JudgedHit& hit : hits) shares.Add(WordsOf(SpellingOf(hit.disposition)), "", hit.holder);
  return shares.Finish(facts, hits.size());
}

Cell ControlsCell(const Facts& facts, const std::vector<JudgedHit>& hits, bool that_count) {
  Shares shares;
  for (const JudgedHit& hit : hits) {
    for (const JudgedHit::OneControl& control : hit.controls) {
      if (control.counts != that_count) continue;
      const std::string title(facts.TitleOf(facts.Controls[control.control]));
      shares.Add(title, that_count ? "" : WordsOf(control), hit.holder);
    }
  }
  Cell cell = shares.Finish(facts, hits.size());
  if (cell.lines.empty()) return AbsentCell("none");
  cell.is_list = true;
  return cell;
}

}  // namespace

bool IsHitColumn(std::string_view key) {
  return key == "disposition" || key == "residual" || key == "counted" || key == "rejected";
}

Cell HitCell(const Facts& facts, std::string_view key, uint32_t rule) {
  if (facts.meta().without_people != 0) return AbsentCell("people are not in this table");
  const std::vector<JudgedHit>& hits = facts.rule_hits[rule];
  if (hits.empty()) return AbsentCell("nobody has this conflict");
  if (key == "residual") return ResidualCell(facts, hits);
  if (key == "disposition") return DispositionCell(facts, hits);
  return ControlsCell(facts, hits, key == "counted");
}

}  // namespace sod::documents
