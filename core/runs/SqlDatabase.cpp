// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/SqlDatabase.h"

#include "runs/SqlStatement.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace melscope {
namespace {

constexpr int busyMilliseconds = 5000;

} // namespace

void SqlDatabase::Close::operator()(sqlite3* handle) const
{
    sqlite3_close(handle);
}

void SqlDatabase::Finalise::operator()(sqlite3_stmt* handle) const
{
    sqlite3_finalize(handle);
}

SqlDatabase::SqlDatabase(const std::filesystem::path& file) : m_file(file)
{
    sqlite3* handle = nullptr;
    // Our own mutex guards the connection, SQLite's would be a second one.
    const int code = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK)
        fail(code);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMilliseconds);
    // SQLite does not wait by itself where two programs turn the same new file to WAL at once.
    for (const auto patience = std::chrono::steady_clock::now() + std::chrono::milliseconds(busyMilliseconds);;) {
        try {
            execute("PRAGMA journal_mode=WAL");
            break;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::Busy || std::chrono::steady_clock::now() > patience)
                throw;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
    execute("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
}

SqlStatement SqlDatabase::prepare(const char* sql)
{
    const auto known = std::find_if(m_statements.begin(), m_statements.end(), [&](const Cached& cached) { return cached.sql == sql; });
    if (known != m_statements.end())
        return SqlStatement(*this, known->handle.get());
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        fail(code);
    m_statements.push_back({.sql = sql, .handle = std::unique_ptr<sqlite3_stmt, Finalise>(statement)});
    return SqlStatement(*this, statement);
}

void SqlDatabase::execute(const std::string& sql)
{
    const int code = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code);
}

int64_t SqlDatabase::changes() const
{
    return sqlite3_changes64(m_handle.get());
}

int64_t SqlDatabase::version()
{
    SqlStatement statement = prepare("PRAGMA user_version");
    statement.next();
    return statement.integer();
}

void SqlDatabase::migrate(std::span<const std::string_view> scripts)
{
    const auto newest = static_cast<int64_t>(scripts.size());
    if (version() > newest)
        throw Error(ErrorKind::Unsupported, m_file.string() + " was written by a newer Melscope (its version is "
                    + std::to_string(version()) + ", this program knows " + std::to_string(newest)
                    + "). Update Melscope, or give it another folder for its runs.", m_file);
    while (version() < newest) {
        SqlTransaction transaction(*this);
        // Asked again under the lock: another process may have done it meanwhile.
        const int64_t next = version();
        if (next >= newest)
            return;
        execute(std::string(scripts[static_cast<size_t>(next)]));
        execute("PRAGMA user_version=" + std::to_string(next + 1));
        transaction.commit();
    }
}

void SqlDatabase::fail(int code) const
{
    const std::string name = m_file.string();
    const std::string reason = m_handle ? sqlite3_errmsg(m_handle.get()) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        throw Error(ErrorKind::OutOfMemory, "There was not enough memory to work with the run database " + name + ".", m_file);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        throw Error(ErrorKind::Format, "The run database " + name + " is damaged (" + reason + "). Nothing was changed. Move it "
                    "aside, together with the files " + m_file.filename().string() + "-wal and -shm if they are there, and "
                    "Melscope begins a new one; the folders of the runs, with recipes and checkpoints, stay.", m_file);
    case SQLITE_FULL:
        throw Error(ErrorKind::DiskFull, "The disk is full: " + name + " cannot grow. Free some space and resume.", m_file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error(ErrorKind::Busy, "Another program holds the run database " + name
                    + " and did not let go of it for 5 seconds. Close it and try again.", m_file);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        throw Error(ErrorKind::Unreadable, "The run database " + name + " cannot be opened for writing (" + reason
                    + "). Check the permissions of the file and its folder.", m_file);
    case SQLITE_IOERR:
        throw Error(ErrorKind::Unreadable, "The disk failed while the run database " + name + " was in use (" + reason
                    + "). Check the disk; what was stored before is kept.", m_file);
    default:
        throw Error(ErrorKind::Internal, "The run database " + name + " refused a request: " + reason + ".", m_file);
    }
}

SqlTransaction::SqlTransaction(SqlDatabase& database) : m_database(database)
{
    m_database.execute("BEGIN IMMEDIATE");
}

SqlTransaction::~SqlTransaction()
{
    // A full disk or memory may have rolled back already; then this fails, and that is what was wanted.
    if (m_open)
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqlTransaction::commit()
{
    m_database.execute("COMMIT");
    m_open = false;
}

} // namespace melscope
