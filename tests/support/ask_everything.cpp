// Touches whatever a loaded table leads to, so that a sanitizer sees every access.
#include <algorithm>
#include <array>
#include <span>

#include "runtime/core/image.h"
#include "sod/changes.h"
#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod::test {
namespace {

constexpr uint32_t kMost = 64;  // of each kind: tables may be large

uint64_t WeightOf(const Answer& answer) {
  uint64_t weight = static_cast<uint64_t>(answer.verdict) + answer.duties.size();
  for (const Conflict& conflict : answer.conflicts) {
    weight = weight * 31 + conflict.rule + conflict.held;
    for (const JudgedWaiver& waiver : conflict.waivers) {
      weight = weight * 31 + waiver.name.name.size() + waiver.approver.title.size() + waiver.requester.title.size() + waiver.reason.size();
      for (const WaiverRejectedBecause& because : waiver.because) weight = weight * 31 + because.what.size() + SpellingOf(because.reason).size();
    }
    for (const Obligation& one : conflict.obligations) {
      weight = weight * 31 + one.what.name.size() + SpellingOf(one.kind).size();
      for (const Named& somebody : one.who) weight = weight * 31 + somebody.title.size();
    }
    for (const ConflictSide& side : conflict.sides) {
      for (const Witness& witness : side.witnesses) {
        for (const Path& path : witness.paths) {
          for (const PathStep& step : path) weight = weight * 31 + step.id.size() + step.title.size();
        }
      }
    }
  }
  for (const NotChecked& rule : answer.not_checked) weight += rule.id.size();
  return weight;
}

uint64_t WeightOf(const std::vector<AnswerChange>& changes) {
  uint64_t weight = changes.size();
  for (const AnswerChange& change : changes) {
    for (const ConflictChange& conflict : change.conflicts) {
      for (const Cause& cause : conflict.because) {
        weight = weight * 31 + SpellingOf(cause.kind).size() + cause.what.title.size() + cause.who.name.size() + cause.file.size();
      }
      for (const auto* state : {&conflict.before, &conflict.after}) {
        if (*state) weight = weight * 31 + (*state)->counted.size() + (*state)->excused_by.size();
      }
    }
  }
  return weight;
}

uint64_t AskAbout(const Table& table, Workspace& workspace, const Subject& subject) {
  uint64_t weight = 0;
  const auto ask = [&](const std::optional<Holding>& request) {
    const Result<Answer> answer = Ask(table, workspace, subject, 20 * 86400, request);
    weight = weight * 31 + (answer ? WeightOf(answer.value()) : answer.error().message.size());
  };
  ask(std::nullopt);
  const auto changes = ChangesOf(table, workspace, subject, 0, kEndOfTime, kMost);
  weight = weight * 31 + (changes ? WeightOf(changes.value()) : changes.error().message.size());
  for (uint32_t duty = 0; duty < std::min(table.duty_count(), kMost); ++duty) {
    ask(Holding{.target = duty});
  }
  for (uint32_t role = 0; role < std::min(table.role_count(), kMost); ++role) {
    ask(Holding{.kind = HeldKind::Role, .target = role});
  }
  return weight;
}

uint64_t ReadTexts(const Table& table) {
  uint64_t weight = table.policy_name().size() + table.table_sha256().size();
  const core::Image& image = table.image();
  for (uint32_t number = 0; number < image.string_count(); ++number) {
    for (const char c : image.Text(number)) weight = weight * 31 + static_cast<unsigned char>(c);
  }
  constexpr std::array kKinds = {NameKind::Person, NameKind::Team,  NameKind::External,
                                 NameKind::Role,   NameKind::Duty,  NameKind::Group,
                                 NameKind::Rule,   NameKind::Control, NameKind::System};
  for (const format::NameRecord& name : image.Names()) {
    const Result<Entity> entity = table.Find(image.Text(name.name), kKinds);
    weight = weight * 31 + (entity ? entity->index : entity.error().help.size());
  }
  weight += table.Find("no such name", kKinds).error().message.size();
  for (uint32_t rank = 0; rank < table.level_count(); ++rank) weight += table.level(rank).name.size();
  return weight;
}

}  // namespace

uint64_t AskEverything(const Table& table) {
  uint64_t weight = ReadTexts(table);
  Workspace workspace(table);
  std::vector<Subject> subjects = AllSubjects(table);
  if (subjects.size() > kMost) subjects.resize(kMost);
  for (uint32_t role = 0; role < std::min(table.role_count(), kMost); ++role) {
    subjects.push_back(SubjectOf(table, {NameKind::Role, role}).value());
  }
  for (const Subject& subject : subjects) weight = weight * 31 + AskAbout(table, workspace, subject);
  for (uint32_t duty = 0; duty < std::min(table.duty_count(), kMost); ++duty) {
    const auto candidates = WhoCan(table, workspace, 0, Holding{.target = duty});
    weight = weight * 31 + (candidates ? candidates->size() : 7);
    weight += workspace.FirstPairViolation({NameKind::Duty, duty}, {NameKind::Duty, 0});
  }
  return weight;
}

}  // namespace sod::test
