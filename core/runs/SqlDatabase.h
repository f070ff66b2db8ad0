// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace melscope {

class SqlStatement;

/// One SQLite connection: WAL, synchronous=FULL, foreign keys on, waits up to 5 s for other processes. One thread at a time.
/// Everything throws Error whose sentence names the file; damage is Error(Format) and changes nothing.
class SqlDatabase
{
public:
    explicit SqlDatabase(const std::filesystem::path& file); ///< created if missing

    const std::filesystem::path& file() const { return m_file; }

    /// Compiled once, kept for the life of the connection and given out cleared. `sql` must live as long.
    SqlStatement prepare(const char* sql);
    void execute(const std::string& sql); ///< statements without parameters and results
    int64_t changes() const;              ///< rows the last statement changed

    /// Brings the file to version `scripts.size()` by running the scripts it has not had yet, each in its own transaction
    /// with its number in user_version. Throws Error(Unsupported) when the file is newer than that.
    void migrate(std::span<const std::string_view> scripts);

    [[noreturn]] void fail(int code) const; ///< throws the Error that SQLite's result code stands for
    sqlite3* handle() const { return m_handle.get(); }

private:
    struct Close { void operator()(sqlite3* handle) const; };
    struct Finalise { void operator()(sqlite3_stmt* handle) const; };
    struct Cached
    {
        std::string_view sql;
        std::unique_ptr<sqlite3_stmt, Finalise> handle;
    };

    int64_t version();

    std::filesystem::path m_file;
    std::unique_ptr<sqlite3, Close> m_handle;
    std::vector<Cached> m_statements; // after the connection: finalised before it closes
};

/// Takes the write lock at once (so that two processes never wait for each other in a circle) and rolls back unless committed.
class SqlTransaction
{
public:
    explicit SqlTransaction(SqlDatabase& database);
    ~SqlTransaction();
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;
    void commit();

private:
    SqlDatabase& m_database;
    bool m_open = true;
};

} // namespace melscope
