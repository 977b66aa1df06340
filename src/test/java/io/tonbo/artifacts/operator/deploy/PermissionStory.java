package io.tonbo.artifacts.operator.deploy;

import java.util.function.Consumer;

/**
 * What one permission is for: something that fails for want of it, and comes right when it is given back.
 *
 * @param permission in the words of {@link Permission}
 * @param fails plays up to the failure, and sees it
 * @param comesRight sees that the same succeeds with the permission; the operator is still at work
 */
record PermissionStory(String permission, Consumer<PermissionStage> fails, Consumer<PermissionStage> comesRight) {}
