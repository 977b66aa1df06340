package io.tonbo.artifacts.sandbox.page;

import io.tonbo.artifacts.operator.problem.ErrorCatalogue;
import io.tonbo.artifacts.operator.problem.ErrorRow;
import io.tonbo.artifacts.operator.problem.ProblemType;
import io.tonbo.artifacts.sandbox.trouble.State;
import io.tonbo.artifacts.sandbox.trouble.Trouble;
import io.tonbo.artifacts.sandbox.trouble.TroubleDesk;
import io.tonbo.artifacts.sandbox.trouble.Troubles;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The switches of a trouble desk. */
final class DeskSwitches implements Switches {
    private static final List<PageState.OtherLine> OTHERS = Troubles.notProvokable().entrySet().stream()
            .map(each -> other(each.getKey(), each.getValue()))
            .toList();

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
        return new PageState.SwitchLine(
                trouble.id(),
                row.source().title(),
                row.reason(),
                row.severity().text(),
                row.meaning(),
                row.operatorDoes(),
                trouble.cause(),
                trouble.remedy(),
                CardMaker.id(trouble.subject().kind(), namespace, trouble.id()),
                state.name().toLowerCase(Locale.ROOT),
                desk.obstacle(trouble.id()).orElse(null),
                desk.error(trouble.id()).orElse(null));
    }

    @Override
    public List<PageState.OtherLine> others() {
        return OTHERS;
    }

    private static PageState.OtherLine other(ProblemType type, String why) {
        ErrorRow row = ErrorCatalogue.load().row(type);
        return new PageState.OtherLine(row.source().title(), row.reason(), row.meaning(), why);
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
