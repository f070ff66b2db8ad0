// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

namespace melscope::test {

/// Debian's Python, which has torch and torchvision where python3-torch and python3-torchvision are installed.
inline const QString python = QStringLiteral("/usr/bin/python3");

inline bool pythonHasTorch()
{
    static const bool has = [] {
        QProcess probe;
        probe.start(python, {QStringLiteral("-c"), QStringLiteral("import torch, torchvision")});
        return probe.waitForFinished(240'000) && probe.exitStatus() == QProcess::NormalExit && probe.exitCode() == 0;
    }();
    return has;
}

struct PythonResult
{
    bool ok = false;
    QByteArray out;
    QByteArray errors;
};

inline PythonResult runPython(const char* script, const QStringList& arguments)
{
    QProcess process;
    process.start(python, QStringList{QStringLiteral("-c"), QString::fromUtf8(script)} + arguments);
    const bool ended = process.waitForFinished(280'000);
    return {.ok = ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
            .out = process.readAllStandardOutput(), .errors = process.readAllStandardError()};
}

} // namespace melscope::test
