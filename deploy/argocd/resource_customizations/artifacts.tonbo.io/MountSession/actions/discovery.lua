local suspended = obj.spec.suspend == true
return {
  refresh = {
    displayName = "Look again now",
    iconClass = "fa fa-fw fa-sync",
    disabled = suspended
  },
  reissue = {
    displayName = "Replace the credential and revoke the old one",
    iconClass = "fa fa-fw fa-key",
    disabled = suspended
  }
}
