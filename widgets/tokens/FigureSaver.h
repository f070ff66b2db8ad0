// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"

#include <QObject>

#include <functional>
#include <string>

namespace melscope {

class SavableFigure;

/// Asks where a figure should go and writes it there: pictures at once, numbers on a worker. GUI thread.
class FigureSaver : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void ask(const SavableFigure& figure, QWidget* parent);
    void save(const SavableFigure& figure, const QString& path); ///< .png, .svg, .pdf or .csv

Q_SIGNALS:
    void saved(const QString& path, const QString& failure); ///< failure: a sentence, empty where all went well

private:
    void write(const QString& path, std::function<std::string()> text); ///< `text` is called on the worker

    JobPool m_writing{1}; // last: joined before the rest goes
};

} // namespace melscope
