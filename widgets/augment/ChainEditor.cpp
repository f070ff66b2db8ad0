// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainEditor.h"

#include "augment/AugmentationPicker.h"
#include "augment/ChainDocument.h"
#include "augment/ChainModel.h"
#include "augment/ChainText.h"
#include "augment/ChainView.h"
#include "augment/EntryPanel.h"
#include "augment/ShippedChains.h"
#include "common/Deliver.h"
#include "common/EmptyState.h"
#include "common/ProblemBar.h"
#include "common/ThemedIcon.h"

#include <QAction>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace melscope {
namespace {

constexpr const char* editedSuffix = "-edited";

/// The one local JSON file in what is dragged; empty where there is none, or more than one thing.
QString chainFileOf(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const QString file = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return QFileInfo(file).suffix().compare(QLatin1String("json"), Qt::CaseInsensitive) == 0 ? file : QString();
}

std::filesystem::path pathOf(const QString& file)
{
    return file.toStdString();
}

bool hasEntries(const AugmentationChain& chain)
{
    return !chain.toJson().empty();
}

} // namespace

ChainEditor::ChainEditor(QWidget* parent)
    : QWidget(parent), m_document(new ChainDocument(this)), m_model(new ChainModel(*m_document, this)), m_view(new ChainView(*m_model, this)),
      m_panel(new EntryPanel(*m_document, this)), m_picker(new AugmentationPicker(this)), m_problem(new ProblemBar(this)), m_name(new QLabel(this))
{
    m_document->markSaved(shippedChains().front());
    setAcceptDrops(true);
    buildActions();
    build();
    wire();
    updateState();
}

ChainEditor::~ChainEditor()
{
    // The undo stack tells of its own end, when this is no longer an editor.
    m_document->history().disconnect(this);
    m_document->disconnect(this);
}

QAction* ChainEditor::makeAction(const char* name, const QString& icon, const QString& text, const QString& help, const QKeySequence& keys,
                                 QWidget* owner)
{
    auto* action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    action->setToolTip(keys.isEmpty() ? help : QStringLiteral("%1 (%2)").arg(help, keys.toString(QKeySequence::NativeText)));
    if (!keys.isEmpty())
        action->setShortcut(keys);
    action->setShortcutContext(owner == m_view ? Qt::WidgetShortcut : Qt::WidgetWithChildrenShortcut);
    owner->addAction(action);
    return action;
}

void ChainEditor::buildActions()
{
    const auto icon = [](const char* name) { return QString::fromLatin1(name); };
    m_actions = {
        .add = makeAction("add", icon("add"), tr("Add…"), tr("Add an augmentation"), Qt::Key_Insert, m_view),
        .duplicate = makeAction("duplicate", icon("copy"), tr("Duplicate"), tr("The same augmentation once more"), tr("Ctrl+D"), m_view),
        .remove = makeAction("remove", icon("delete"), tr("Remove"), tr("Remove this augmentation"), QKeySequence::Delete, m_view),
        .up = makeAction("up", icon("up"), tr("Earlier"), tr("Let it act earlier in its stage"), tr("Alt+Up"), m_view),
        .down = makeAction("down", icon("down"), tr("Later"), tr("Let it act later in its stage"), tr("Alt+Down"), m_view),
        .undo = makeAction("undo", icon("undo"), tr("Undo"), {}, tr("Ctrl+Z"), this),
        .redo = makeAction("redo", icon("redo"), tr("Redo"), {}, tr("Ctrl+Shift+Z"), this),
        .open = makeAction("open", icon("open"), tr("Open…"), tr("Open a chain file; one can also be dropped here"), {}, this),
        .save = makeAction("save", icon("save"), tr("Save as…"), tr("Save the chain as a file, for this list and for melscope augment --chain"), {}, this),
        .reset = makeAction("reset", icon("reset"), tr("Reset"), tr("Back to the chain as it was opened or saved"), {}, this),
        .send = makeAction("send", icon("train"), tr("Send to recipe"), tr("Let the next run on the Train page learn with this chain"), {}, this),
    };
    m_actions.redo->setShortcuts({QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))});
}

QMenu* ChainEditor::presetMenu()
{
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    for (const NamedChain& preset : shippedChains()) {
        QAction* action = menu->addAction(QString::fromStdString(preset.title));
        action->setObjectName(QString::fromStdString(preset.name));
        action->setToolTip(QString::fromStdString(preset.summary));
        connect(action, &QAction::triggered, this, [this, &preset] { setChain(preset); });
    }
    return menu;
}

void ChainEditor::build()
{
    const auto bar = [this](const QList<QAction*>& actions) {
        auto* made = new QToolBar(this);
        made->setIconSize(QSize(16, 16));
        made->addActions(actions);
        return made;
    };
    auto* presets = new QPushButton(themedIcon(QStringLiteral("queue")), tr("&Presets"), this);
    presets->setObjectName(QStringLiteral("presets"));
    presets->setToolTip(tr("Ready-made chains; yours comes back with undo"));
    presets->setMenu(presetMenu());
    QToolBar* top = bar({});
    top->addWidget(presets);
    top->addActions({m_actions.open, m_actions.save, m_actions.reset});
    top->addSeparator();
    top->addActions({m_actions.undo, m_actions.redo});
    QToolBar* below = bar({m_actions.add, m_actions.duplicate, m_actions.remove, m_actions.up, m_actions.down});
    static_cast<QToolButton*>(below->widgetForAction(m_actions.add))->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);

    auto* list = new QWidget(this);
    auto* listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins({});
    listColumn->addWidget(m_view, 1);
    listColumn->addWidget(below);

    auto* empty = new EmptyState(QStringLiteral("waveform"), tr("Nothing is augmented"),
                                 tr("Every clip reaches the network as it is. Add an augmentation, choose a preset above, or drop a chain file here."), this);
    connect(empty->addButton(tr("Add an augmentation…"), QStringLiteral("add")), &QPushButton::clicked, m_actions.add, &QAction::trigger);
    m_empty = empty;
    auto* details = new QWidget(this);
    auto* either = new QVBoxLayout(details);
    either->setContentsMargins({});
    either->addWidget(m_panel);
    either->addWidget(m_empty);

    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(list);
    splitter->addWidget(details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* send = new QPushButton(m_actions.send->icon(), m_actions.send->text(), this);
    send->setObjectName(QStringLiteral("sendButton"));
    send->setToolTip(m_actions.send->toolTip());
    connect(send, &QPushButton::clicked, m_actions.send, &QAction::trigger);

    QFont bold = font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setIndent(fontMetrics().averageCharWidth());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    for (QWidget* widget : {static_cast<QWidget*>(top), static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_problem)})
        column->addWidget(widget);
    column->addWidget(splitter, 1);
    column->addWidget(send);
}

void ChainEditor::wire()
{
    connect(m_document, &ChainDocument::chainChanged, this, [this] {
        updateState();
        Q_EMIT chainChanged(m_document->chain());
    });
    connect(m_document, &ChainDocument::baseChanged, this, &ChainEditor::updateState);
    connect(m_document, &ChainDocument::acted, this, [this](const ChainPlace& place) { m_view->setPlace(place); });
    connect(m_view, &ChainView::placeChanged, this, [this] {
        m_document->endGesture();
        m_document->setPlace(m_view->place());
        m_panel->follow();
        updateState();
    });
    connect(m_panel, &EntryPanel::addRequested, this, &ChainEditor::openPicker);
    connect(m_picker, &AugmentationPicker::picked, this, &ChainEditor::add);
    connect(&m_document->history(), &QUndoStack::indexChanged, this, &ChainEditor::updateState);
    connect(m_actions.add, &QAction::triggered, this, &ChainEditor::openPicker);
    connect(m_actions.duplicate, &QAction::triggered, this, [this] { m_document->duplicate(m_document->place()); });
    connect(m_actions.remove, &QAction::triggered, this, [this] { m_document->remove(m_document->place()); });
    connect(m_actions.up, &QAction::triggered, this, [this] { moveBy(-1); });
    connect(m_actions.down, &QAction::triggered, this, [this] { moveBy(1); });
    connect(m_actions.undo, &QAction::triggered, &m_document->history(), &QUndoStack::undo);
    connect(m_actions.redo, &QAction::triggered, &m_document->history(), &QUndoStack::redo);
    connect(m_actions.open, &QAction::triggered, this, &ChainEditor::askWhatToOpen);
    connect(m_actions.save, &QAction::triggered, this, &ChainEditor::askWhereToSave);
    connect(m_actions.reset, &QAction::triggered, m_document, &ChainDocument::revert);
    connect(m_actions.send, &QAction::triggered, this, [this] { Q_EMIT sendToRecipeRequested(namedChain()); });
}

void ChainEditor::updateState()
{
    const ChainPlace& place = m_document->place();
    const bool entry = m_document->entryAt(place) != nullptr;
    const auto count = static_cast<int>(chain().entries(place.stage).size());
    m_actions.duplicate->setEnabled(entry);
    m_actions.remove->setEnabled(entry);
    m_actions.up->setEnabled(entry && place.row > 0);
    m_actions.down->setEnabled(entry && place.row + 1 < count);
    m_actions.reset->setEnabled(isModified());
    QUndoStack& steps = m_document->history();
    for (const auto& [action, can, what] : {std::tuple{m_actions.undo, steps.canUndo(), tr("Undo: %1").arg(steps.undoText())},
                                            std::tuple{m_actions.redo, steps.canRedo(), tr("Redo: %1").arg(steps.redoText())}}) {
        action->setEnabled(can);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(can ? what : action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    }
    m_name->setText(QString::fromStdString(namedChain().title));
    m_name->setToolTip(QString::fromStdString(m_document->base().summary));
    const bool any = hasEntries(chain());
    m_empty->setVisible(!any);
    m_panel->setVisible(any);
}

const AugmentationChain& ChainEditor::chain() const
{
    return m_document->chain();
}

NamedChain ChainEditor::namedChain() const
{
    NamedChain named = m_document->base();
    if (!isModified())
        return named;
    named.chain = chain();
    named.summary.clear();
    if (!named.name.ends_with(editedSuffix)) { // once is enough: an edited chain is remembered over the end of the program
        named.name += editedSuffix;
        named.title = tr("%1, edited").arg(QString::fromStdString(named.title)).toStdString();
    }
    return named;
}

void ChainEditor::setChain(const NamedChain& chain)
{
    m_problem->clear();
    m_document->open(chain);
}

bool ChainEditor::isModified() const
{
    return m_document->isModified();
}

QUndoStack& ChainEditor::history()
{
    return m_document->history();
}

void ChainEditor::openPicker()
{
    m_picker->openAt(*m_view, m_document->place().stage);
}

void ChainEditor::add(const AugmentationInfo& info)
{
    const ChainPlace& here = m_document->place();
    const bool sameStage = here.stage == info.stage && here.isEntry();
    m_document->insert(ChainEntry::make(info), {info.stage, sameStage ? here.row + 1 : static_cast<int>(chain().entries(info.stage).size())});
    m_view->setFocus();
}

void ChainEditor::moveBy(int rows)
{
    m_document->move(m_document->place(), m_document->place().row + rows);
}

void ChainEditor::open(const std::filesystem::path& file)
{
    m_files.add([this, file, deliver = Deliver(this)](std::stop_token) {
        try {
            deliver([this, named = NamedChain::fromFile(file)] {
                setChain(named);
                Q_EMIT fileOpened();
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = QString::fromUtf8(error.what())] { fail(sentence); });
        }
    });
}

void ChainEditor::saveAs(const std::filesystem::path& file)
{
    const std::string name = file.stem().string();
    const NamedChain saved{.name = name, .title = name, .chain = chain()};
    m_files.add([this, file, saved, deliver = Deliver(this)](std::stop_token) {
        try {
            saved.writeTo(file);
            deliver([this, saved] {
                m_problem->clear();
                m_document->markSaved(saved);
                Q_EMIT fileSaved();
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = QString::fromUtf8(error.what())] { fail(sentence); });
        }
    });
}

void ChainEditor::fail(const QString& sentence)
{
    m_problem->showMessage(ProblemBar::Severity::Error, sentence);
    Q_EMIT fileFailed(sentence);
}

void ChainEditor::askWhatToOpen()
{
    auto* dialog = new QFileDialog(this, tr("Open an augmentation chain"), QString(), tr("Augmentation chains (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { open(pathOf(file)); });
    dialog->open();
}

void ChainEditor::askWhereToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the augmentation chain"), QString::fromStdString(namedChain().name) + QStringLiteral(".json"),
                                   tr("Augmentation chains (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { saveAs(pathOf(file)); });
    dialog->open();
}

void ChainEditor::dragEnterEvent(QDragEnterEvent* event)
{
    if (!chainFileOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void ChainEditor::dropEvent(QDropEvent* event)
{
    open(pathOf(chainFileOf(*event->mimeData())));
    event->acceptProposedAction();
}

} // namespace melscope
