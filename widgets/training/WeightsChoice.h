// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "training/InitialWeights.h"
#include "weights/WeightIdentity.h"

#include <QWidget>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

class QLabel;
class QToolButton;

namespace melscope {

/// Which pretrained weights a run starts from, for the methods that take some: a file, read and recognised off the GUI thread, and
/// in words what it was found to be, or why it cannot be used. Each method keeps its own choice.
class WeightsChoice : public QWidget
{
    Q_OBJECT

public:
    explicit WeightsChoice(QWidget* parent = nullptr);

    void setMethod(const std::string& id); ///< hides where the method takes no weights
    void choose(const std::filesystem::path& file);
    void clear();

    std::optional<InitialWeights> weights() const; ///< none: from scratch
    /// The sentence that says why nothing can be started with what is chosen: it is still being read, or cannot be used. Empty: all is well.
    QString obstacle() const;

Q_SIGNALS:
    void changed();

private:
    struct Choice
    {
        std::filesystem::path file;
        std::optional<InitialWeights> weights; ///< once recognised
        QString sentence;                      ///< what it is
        QString warning;
        QString error;
    };

    void ask();
    void inspect();
    void found(const std::string& method, Choice choice);
    void showChoice();
    const Choice* choice() const; ///< of the method; nullptr: none

    std::string m_method;
    std::map<std::string, Choice> m_choices; ///< by method
    QLabel *m_name, *m_text;
    QToolButton *m_choose, *m_inspect, *m_clear;
    LatestJob m_reader; // last: stops before what it delivers to goes
};

} // namespace melscope
