package io.tonbo.artifacts.sandbox.page;

import java.util.List;

/** Where nothing can be provoked, unless a test has it otherwise. */
class NoSwitches implements Switches {
    @Override
    public List<PageState.SwitchLine> lines() {
        return List.of();
    }

    @Override
    public List<PageState.OtherLine> others() {
        return List.of();
    }

    @Override
    public void play(String id, Action action) {
        throw new IllegalArgumentException(id);
    }
}
