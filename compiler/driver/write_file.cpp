#include "compiler/driver/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "compiler/base/read_file.h"

namespace sodc {

namespace {

std::string Sentence(const std::string& path, int error) {
  return fmt::format("`{}` cannot be written: {}", path, std::strerror(error));
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// A symbolic link is followed, so that the link stays and its target is replaced.
std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::string WriteDirectly(const std::string& path, std::string_view bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return Sentence(path, errno);
  const bool is_written = WriteAll(descriptor, bytes);
  const int error = errno;
  ::close(descriptor);
  return is_written ? "" : Sentence(path, error);
}

// The rename itself must survive a power cut, too.
void SyncFolder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// Those of the file that is replaced, else what the umask leaves.
mode_t RightsFor(const std::string& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return status.st_mode & 0777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// A new file in the folder of `target`. Where the system knows files without a name it has none
// until it is whole: whoever is killed while writing leaves nothing behind.
class NewFile {
 public:
  explicit NewFile(std::string target) : target_(std::move(target)), name_(target_ + ".XXXXXX") {
#ifdef O_TMPFILE
    const bool can_be_named = ::access("/proc/self/fd", X_OK) == 0;
    if (can_be_named) descriptor_ = ::open(FolderOf(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return;
#endif
    descriptor_ = ::mkstemp(name_.data());
    has_name_ = descriptor_ >= 0;
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (has_name_) ::unlink(name_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // Each sets errno when it returns false.
  bool Write(std::string_view bytes) {
    return descriptor_ >= 0 && WriteAll(descriptor_, bytes) && ::fchmod(descriptor_, RightsFor(target_)) == 0 &&
           ::fsync(descriptor_) == 0;
  }
  bool Replace() {
    if (!has_name_ && !GiveName()) return false;
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0 || ::rename(name_.c_str(), target_.c_str()) != 0) return false;
    has_name_ = false;
    SyncFolder(FolderOf(target_));
    return true;
  }

 private:
  // A name cannot be given over an existing file: a free one first, then the rename.
  bool GiveName() {
    const std::string open_file = fmt::format("/proc/self/fd/{}", descriptor_);
    for (int i = 0; i < 100 && !has_name_; ++i) {
      name_ = fmt::format("{}.{}-{}", target_, ::getpid(), i);
      has_name_ = ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name_.c_str(), AT_SYMLINK_FOLLOW) == 0;
      if (!has_name_ && errno != EEXIST) return false;
    }
    return has_name_;
  }

  std::string target_;
  std::string name_;
  int descriptor_ = -1;
  bool has_name_ = false;
};

std::string WriteByRename(const std::string& path, std::string_view bytes) {
  NewFile file(Resolved(path));
  return file.Write(bytes) && file.Replace() ? "" : Sentence(path, errno);
}

}  // namespace

std::string WriteFile(const std::string& path, std::string_view bytes, const std::vector<std::string>& inputs) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return WriteByRename(path, bytes);
  if (S_ISDIR(status.st_mode)) return fmt::format("`{}` is a folder and stays as it is", path);
  for (const std::string& input : inputs) {
    struct stat other {};
    if (::stat(input.c_str(), &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino) {
      return fmt::format("`{}` is an input of this command and stays as it is", path);
    }
  }
  return S_ISREG(status.st_mode) ? WriteByRename(path, bytes) : WriteDirectly(path, bytes);
}

std::string ReplaceFile(const std::string& path, const std::string& shown, std::string_view before,
                        std::string_view after) {
  const ReadResult now = ReadFile(path, before.size());
  if (now.status != ReadResult::Status::Ok || now.text != before) {
    return fmt::format("`{}` has changed meanwhile and stays as it is", shown);
  }
  if (::access(path.c_str(), W_OK) != 0) return fmt::format("`{}` may not be written and stays as it is", shown);
  return WriteFile(path, after, {});
}

}  // namespace sodc
