// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Json.h"

#include <QProcess>
#include <QTemporaryDir>

#include <memory>

/// What one invocation of the executable left behind.
struct CommandResult
{
    int status = -1; ///< exit status; -1 where it crashed or did not end
    QString out;
    QString errors;

    /// Every line of standard output as JSON; a discarded value where a line is none.
    std::vector<melscope::Json> lines() const;
    bool isJson() const; ///< every line, and there is one
};

/// Runs the real executable with data and cache folders of its own and no screen.
class CommandRunner
{
public:
    CommandResult run(const QStringList& arguments) const;
    std::unique_ptr<QProcess> start(const QStringList& arguments) const; ///< still running
    static CommandResult finish(QProcess& process);

    QString path(const QString& name) const { return m_folder.filePath(name); } ///< in a folder that goes with this object

private:
    QTemporaryDir m_folder;
};
