package io.tonbo.artifacts.sandbox.page;

import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.sandbox.trouble.State;
import io.tonbo.artifacts.sandbox.trouble.Subject;
import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The switches of a trouble desk. */
final class DeskSwitches implements Switches {
    private final TroubleDesk desk;
    private final String namespace;

    /**
     * @param desk what plays them
     * @param namespace where its objects are
     */
    DeskSwitches(TroubleDesk desk, String namespace) {
        this.desk = desk;
        this.namespace = namespace;
    }

    @Override
    public List<PageState.SwitchLine> lines() {
        Map<String, State> states = desk.states();
        return desk.troubles().stream()
                .map(trouble -> line(trouble, states.getOrDefault(trouble.id(), State.IDLE)))
                .toList();
    }

    private PageState.SwitchLine line(Trouble trouble, State state) {
        ErrorRow row = trouble.row();
        String kind = trouble.subject() == Subject.WORKSPACE ? "Workspace" : "MountSession";
        return new PageState.SwitchLine(
                trouble.id(),
                row.source().title(),
                row.reason(),
                row.severity().text(),
                row.meaning(),
                row.operatorDoes(),
                trouble.cause(),
                trouble.remedy(),
                CardMaker.id(kind, namespace, trouble.id()),
                state.name().toLowerCase(Locale.ROOT),
                desk.error(trouble.id()).orElse(null));
    }

    @Override
    public void play(String id, Action action) {
        switch (action) {
            case PROVOKE -> desk.provoke(id);
            case MEND -> desk.mend(id);
            case CLEAR -> desk.clear(id);
        }
    }
}
