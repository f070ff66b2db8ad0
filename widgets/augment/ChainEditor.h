// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ChainPlace.h"
#include "augment/NamedChain.h"
#include "base/Threads.h"

#include <QWidget>

#include <filesystem>

class QAction;
class QLabel;
class QMenu;
class QToolBar;
class QUndoStack;

namespace melscope {

class AugmentationPicker;
class ChainDocument;
class ChainModel;
class ChainView;
class EntryPanel;
class ProblemBar;

/// Edits an augmentation chain: its list, the values of the current augmentation, undo, presets and files.
class ChainEditor : public QWidget
{
    Q_OBJECT

public:
    explicit ChainEditor(QWidget* parent = nullptr);
    ~ChainEditor() override;

    const AugmentationChain& chain() const;
    /// The chain under the name it came by; "<name>-edited", however often, where it is no longer that one.
    NamedChain namedChain() const;
    /// A step that can be undone; emits chainChanged() where it is another chain.
    void setChain(const NamedChain& chain);
    bool isModified() const; ///< since it was opened or saved

    void open(const std::filesystem::path& file); ///< asynchronous; a failure is said in the bar
    void saveAs(const std::filesystem::path& file);

    ChainView* view() const { return m_view; }
    EntryPanel* panel() const { return m_panel; }
    QUndoStack& history();

Q_SIGNALS:
    void chainChanged(const melscope::AugmentationChain& chain); ///< at every change, also while a slider moves
    void sendToRecipeRequested(const melscope::NamedChain& chain);
    void fileOpened();
    void fileSaved();
    void fileFailed(const QString& sentence); ///< shown in the bar already

protected:
    void dragEnterEvent(QDragEnterEvent* event) override; ///< a chain file
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    void build();
    void wire();
    QAction* makeAction(const char* name, const QString& icon, const QString& text, const QString& help, const QKeySequence& keys, QWidget* owner);
    QMenu* presetMenu();
    void updateState();
    void openPicker();
    void add(const AugmentationInfo& info);
    void moveBy(int rows);
    void askWhatToOpen();
    void askWhereToSave();
    void fail(const QString& sentence);

    struct Actions
    {
        QAction *add, *duplicate, *remove, *up, *down, *undo, *redo, *open, *save, *reset, *send;
    };

    ChainDocument* m_document;
    ChainModel* m_model;
    ChainView* m_view;
    EntryPanel* m_panel;
    AugmentationPicker* m_picker;
    ProblemBar* m_problem;
    QLabel* m_name;
    QWidget* m_empty;
    Actions m_actions{};
    JobPool m_files{1}; // last: stops before what it delivers to goes
};

} // namespace melscope
