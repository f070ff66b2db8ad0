// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandRunner.h"

#include <algorithm>

using melscope::Json;

std::vector<Json> CommandResult::lines() const
{
    std::vector<Json> list;
    for (const QString& line : out.split(u'\n', Qt::SkipEmptyParts))
        list.push_back(Json::parse(line.toStdString(), nullptr, false));
    return list;
}

bool CommandResult::isJson() const
{
    const std::vector<Json> list = lines();
    return !list.empty() && std::ranges::none_of(list, [](const Json& line) { return line.is_discarded() || !line.is_object(); });
}

CommandResult CommandRunner::run(const QStringList& arguments) const
{
    const auto process = start(arguments);
    return finish(*process);
}

std::unique_ptr<QProcess> CommandRunner::start(const QStringList& arguments) const
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("MELSCOPE_DATA_DIR"), path(QStringLiteral("data")));
    environment.insert(QStringLiteral("MELSCOPE_CACHE_DIR"), path(QStringLiteral("cache")));
    for (const char* screen : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(screen));
    process->setProcessEnvironment(environment);
    process->start(QStringLiteral(MELSCOPE_EXECUTABLE), arguments);
    return process;
}

CommandResult CommandRunner::finish(QProcess& process)
{
    CommandResult result;
    if (process.waitForFinished(240'000) && process.exitStatus() == QProcess::NormalExit)
        result.status = process.exitCode();
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.errors = QString::fromUtf8(process.readAllStandardError());
    return result;
}
