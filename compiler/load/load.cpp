#include "compiler/load/load.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "compiler/base/edit_distance.h"
#include "compiler/base/read_file.h"
#include "stdlib/embedded_modules.h"

namespace sodc {
namespace {

namespace fs = std::filesystem;

// One file on the way from the main file to the one being read.
struct ChainLink {
  std::string key;
  FileId file;
  Span import;  // where it imports the next one
};

// What an import names before it is read.
struct Target {
  std::string key;    // the same for two ways to one file
  std::string path;   // as shown
  std::string disk;   // where to read it; empty for the standard library
  std::string module_name;
  std::string_view embedded;
};

const EmbeddedModule* FindEmbedded(std::string_view path) {
  for (const EmbeddedModule& module : EmbeddedModules()) {
    if (module.path == path) return &module;
  }
  return nullptr;
}

std::string NameOfEmbedded(std::string_view path) {
  std::string name(path.substr(0, path.size() - 4));
  for (char& c : name) {
    if (c == '/') c = '.';
  }
  return name;
}

class Loader {
 public:
  Loader(SourceManager& sources, const LoadOptions& options, Sink& sink)
      : sources_(sources), options_(options), sink_(sink) {}

  Program Run(const std::string& path) {
    const bool is_stdin = path == "-";
    const fs::path main_path(path);
    if (!is_stdin) root_ = main_path.parent_path();
    ReadResult read = ReadMain(path);
    const std::string shown = is_stdin ? "<stdin>" : main_path.filename().generic_string();
    if (!CheckRead(read, is_stdin ? shown : path, Span{})) {
      program_.is_complete = false;
      program_.modules.emplace_back();
      return std::move(program_);
    }
    Target target;
    target.key = is_stdin ? "<stdin>" : KeyOfFile(path);
    target.path = shown;
    target.disk = is_stdin ? std::string() : path;
    is_standard_input_ = is_stdin;
    Visit(target, std::move(read.text));
    return std::move(program_);
  }

 private:
  ReadResult ReadMain(const std::string& path) const {
    const uint64_t limit = options_.parse.max_file_bytes;
    if (path != "-") return ReadSource(path, KeyOfFile(path));
    if (!options_.standard_input) return ReadStandardInput(limit);
    ReadResult read;
    read.text = *options_.standard_input;
    return read;
  }

  ReadResult ReadSource(const std::string& path, const std::string& key) const {
    if (options_.unsaved != nullptr) {
      if (const auto text = options_.unsaved->find(key); text != options_.unsaved->end()) {
        ReadResult read;
        read.text = text->second;
        return read;
      }
    }
    return ReadFile(path, options_.parse.max_file_bytes);
  }

  // Reports why a file cannot be used; `place` is the import, or nowhere for the main file.
  bool CheckRead(const ReadResult& read, const std::string& shown, Span place) {
    switch (read.status) {
      case ReadResult::Status::Ok:
        if (options_.table_magic.empty() || !read.text.starts_with(options_.table_magic)) return true;
        Diagnose<DiagKind::FileUnreadable>(place, shown, "it is a compiled table")
            .Help("name the source; sodc query, matrix and dump read tables")
            .To(sink_);
        return false;
      case ReadResult::Status::TooLarge:
        Diagnose<DiagKind::FileTooLarge>(place, shown, read.size, options_.parse.max_file_bytes)
            .Help("keep policies in modules and bulk assignments in data files")
            .To(sink_);
        return false;
      case ReadResult::Status::NotFound:
      case ReadResult::Status::Unreadable:
        Diagnose<DiagKind::FileUnreadable>(place, shown, read.reason).To(sink_);
        return false;
    }
    return false;
  }

  // Parses the file and everything it imports; returns its index.
  uint32_t Visit(const Target& target, std::string text) {
    const bool is_standard = !target.embedded.empty();
    const FileId id = sources_.Add(target.path, std::move(text), is_standard);
    LoadedModule module;
    module.file = Parse(id, sources_, options_.parse, sink_);
    module.module_name = target.module_name;
    module.is_standard_library = is_standard;
    if (module.file.is_damaged) program_.is_complete = false;
    chain_.push_back({target.key, id, {}});
    LoadImports(module, target);
    chain_.pop_back();
    program_.modules.push_back(std::move(module));
    const auto index = static_cast<uint32_t>(program_.modules.size() - 1);
    loaded_[target.key] = index;
    return index;
  }

  void LoadImports(LoadedModule& module, const Target& importer) {
    std::map<std::string, Span> seen;
    for (const ast::Declaration& declaration : module.file.declarations) {
      if (declaration.kind != ast::DeclarationKind::Import) continue;
      if (declaration.is_damaged && !CanBeRead(declaration)) {
        program_.is_complete = false;
        continue;
      }
      const Span span = declaration.import_file ? declaration.import_file->span
                        : declaration.path      ? declaration.path->span
                                                : declaration.span;
      const std::optional<Target> target = Resolve(declaration, importer, span);
      if (!target) {
        program_.is_complete = false;
        continue;
      }
      const auto [first, is_new] = seen.emplace(target->key, span);
      if (!is_new) {
        Diagnose<DiagKind::ImportedTwice>(span, NameShown(declaration))
            .Label(first->second, "first imported here")
            .Help("remove one of the two")
            .To(sink_);
        continue;
      }
      chain_.back().import = span;
      const std::optional<uint32_t> index = LoadTarget(*target, declaration, span);
      if (!index) {
        program_.is_complete = false;
        continue;
      }
      module.imports.push_back(*index);
      module.import_spans.push_back(span);
    }
  }

  // Whether the damage of an import left its name whole: a module of that name exists.
  static bool CanBeRead(const ast::Declaration& import) {
    return import.path && FindEmbedded(PathOfModule(import.path->Joined())) != nullptr;
  }

  static std::string PathOfModule(const std::string& name) {
    std::string path = name + ".sod";
    std::replace(path.begin(), path.end() - 4, '.', '/');
    return path;
  }

  static std::string NameShown(const ast::Declaration& import) {
    if (import.import_file) return import.import_file->value;
    return import.path ? import.path->Joined() : std::string();
  }

  std::optional<uint32_t> LoadTarget(const Target& target, const ast::Declaration& import, Span span) {
    for (size_t i = 0; i < chain_.size(); ++i) {
      if (chain_[i].key != target.key) continue;
      ReportCycle(i, NameShown(import), span);
      return std::nullopt;
    }
    if (const auto known = loaded_.find(target.key); known != loaded_.end()) return known->second;
    if (chain_.size() >= options_.max_import_depth || sources_.file_count() >= options_.max_files) {
      AddChain(Diagnose<DiagKind::ImportTooDeep>(span, options_.max_import_depth)).To(sink_);
      return std::nullopt;
    }
    if (!target.embedded.empty()) return Visit(target, std::string(target.embedded));
    ReadResult read = ReadSource(target.disk, target.key);
    if (read.status == ReadResult::Status::NotFound) {
      ReportNotFound(NameShown(import), span, SuggestFile(target.disk));
      return std::nullopt;
    }
    if (!CheckRead(read, target.path, span)) return std::nullopt;
    const uint32_t index = Visit(target, std::move(read.text));
    return CheckIsModule(index, span) ? std::optional(index) : std::nullopt;
  }

  bool CheckIsModule(uint32_t index, Span span) {
    for (const ast::Declaration& declaration : program_.modules[index].file.declarations) {
      if (declaration.kind != ast::DeclarationKind::Policy) continue;
      Diagnose<DiagKind::ImportedFileIsPolicy>(span, sources_.file(program_.modules[index].file.file).path)
          .Label(declaration.keyword_span, "the policy is declared here")
          .Help("move what both need into a file that declares a `module`")
          .To(sink_);
      return false;
    }
    return true;
  }

  // The file that an import names; reports and returns nothing when it can name none.
  std::optional<Target> Resolve(const ast::Declaration& import, const Target& importer, Span span) {
    if (import.path) return ResolveModule(import, span);
    if (!import.import_file) return std::nullopt;
    if (is_standard_input_) {
      Diagnose<DiagKind::ImportFromStandardInput>(span)
          .Help("save the policy to a file, next to the files it imports")
          .To(sink_);
      return std::nullopt;
    }
    const fs::path written(import.import_file->value);
    const fs::path disk = written.is_absolute() ? written : fs::path(importer.disk).parent_path() / written;
    Target target;
    target.disk = disk.string();
    target.key = KeyOfFile(target.disk);
    const std::string root = KeyOfFile(root_.empty() ? "." : root_.string());
    target.path = fs::path(target.key).lexically_relative(root).generic_string();
    target.module_name = target.path;
    return target;
  }

  std::optional<Target> ResolveModule(const ast::Declaration& import, Span span) {
    const std::string name = import.path->Joined();
    if (const EmbeddedModule* module = FindEmbedded(PathOfModule(name))) {
      return Target{std::string(module->path), std::string(module->path), "", name, module->text};
    }
    std::vector<std::string> names;
    for (const EmbeddedModule& module : EmbeddedModules()) names.push_back(NameOfEmbedded(module.path));
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    std::string suggestion(Nearest(name, candidates));
    const std::string standard = "std." + name;
    if (suggestion.empty() && FindEmbedded(PathOfModule(standard)) != nullptr) suggestion = standard;
    if (suggestion.empty() && !name.starts_with("std.")) suggestion = Nearest(standard, candidates);
    const bool is_file = !name.starts_with("std.") && suggestion.empty();
    ReportNotFound(name, span, is_file ? "\"" + name + ".sod\"" : suggestion);
    return std::nullopt;
  }

  // A file of the folder with a name near to the wanted one.
  static std::string SuggestFile(const std::string& disk) {
    const fs::path wanted(disk);
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator entries(wanted.has_parent_path() ? wanted.parent_path() : ".", error);
    for (size_t count = 0; !error && entries != fs::directory_iterator() && count < 1000; ++count) {
      const fs::path& path = entries->path();
      if (path.extension() == ".sod") names.push_back(path.filename().string());
      entries.increment(error);
    }
    std::sort(names.begin(), names.end());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const std::string_view nearest = Nearest(wanted.filename().string(), candidates);
    return nearest.empty() ? std::string() : "\"" + std::string(nearest) + "\"";
  }

  void ReportNotFound(const std::string& name, Span span, const std::string& suggestion) {
    std::string help = suggestion.empty() ? "relative imports are looked up from the folder of this file"
                                          : "did you mean `" + suggestion + "`?";
    DiagnosticBuilder builder = AddChain(Diagnose<DiagKind::ImportNotFound>(span, name).Help(std::move(help)));
    std::move(builder).To(sink_);
  }

  void ReportCycle(size_t first, const std::string& name, Span span) {
    DiagnosticBuilder builder = Diagnose<DiagKind::ImportCycle>(span, name);
    for (size_t i = first; i + 1 < chain_.size(); ++i) {
      const std::string next = sources_.file(chain_[i + 1].file).path;
      builder = std::move(builder).Label(chain_[i].import, "imports `" + next + "`");
    }
    std::move(builder).Help("move what the files share into a module that imports neither").To(sink_);
  }

  // The imports on the way to the present file, outermost first.
  DiagnosticBuilder AddChain(DiagnosticBuilder builder) {
    for (size_t i = 0; i + 1 < chain_.size(); ++i) {
      builder = std::move(builder).Label(chain_[i].import,
                                         "imports `" + sources_.file(chain_[i + 1].file).path + "`");
    }
    return builder;
  }

  SourceManager& sources_;
  const LoadOptions& options_;
  Sink& sink_;
  Program program_;
  std::vector<ChainLink> chain_;
  std::map<std::string, uint32_t> loaded_;
  fs::path root_;
  bool is_standard_input_ = false;
};

}  // namespace

std::string KeyOfFile(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? fs::path(path).lexically_normal().string() : canonical.string();
}

Program Load(const std::string& path, SourceManager& sources, const LoadOptions& options, Sink& sink) {
  return Loader(sources, options, sink).Run(path);
}

}  // namespace sodc
